package dev.covibe.overlap;

import java.util.UUID;

public record Subject(Kind kind, UUID id, String key) {
    public enum Kind {
        TASK,
        WORKSTREAM
    }
}
