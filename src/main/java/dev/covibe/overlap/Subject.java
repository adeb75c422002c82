package dev.covibe.overlap;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.UUID;

/** What a footprint belongs to: a task or a workstream, with the key that people know it by ({@code WEB-12}). */
public record Subject(Kind kind, UUID id, String key) {

    public enum Kind {
        TASK,
        WORKSTREAM,
        /** Ground that is held without a piece of work behind it: a candidate, never a footprint. */
        CLAIM;

        /** As programs read it: {@code task}. */
        @JsonValue
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
