package dev.covibe.overlap;

import java.util.*;

public record Confirmation(List<UUID> candidates, Optional<String> reason) {
    public static final Confirmation NONE = new Confirmation(List.of(), Optional.empty());
}
