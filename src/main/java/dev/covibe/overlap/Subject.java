package dev.covibe.overlap;

import java.util.UUID;

/** What a footprint belongs to: a task or a workstream, with the key that people know it by ({@code WEB-12}). */
public record Subject(Kind kind, UUID id, String key) {

    public enum Kind {
        TASK,
        WORKSTREAM
    }
}
