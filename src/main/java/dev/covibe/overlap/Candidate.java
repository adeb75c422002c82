package dev.covibe.overlap;

import java.util.*;

public record Candidate(
        UUID id,
        String key,
        String title,
        String status,
        Optional<UUID> ownerId,
        Optional<String> owner,
        double score,
        boolean escalates,
        List<Signal> signals) {}
