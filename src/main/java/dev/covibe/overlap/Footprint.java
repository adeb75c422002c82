package dev.covibe.overlap;

import java.time.*;
import java.util.*;

public record Footprint(
        Subject subject,
        String title,
        String description,
        String status,
        boolean inProgress,
        Optional<Instant> closedAt,
        Optional<UUID> owner,
        List<String> paths,
        Optional<String> repository,
        Optional<String> branch,
        List<String> references) {}
