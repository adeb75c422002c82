package dev.covibe.journal;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What can happen to work. A kind is never renamed: old events keep theirs. */
public enum EventKind {
    PLANNED,
    STARTED,
    PROGRESSED,
    NOTED,
    CHANGED,
    CONFIRMED,
    COMPLETED,
    IMPORTED,
    SESSION_STARTED,
    SESSION_ENDED,
    CLAIMED,
    RELEASED,
    CLAIM_OVERRIDDEN,
    AUDITED,
    OVERLAP_ANSWERED,
    MESSAGED,
    ACKNOWLEDGED,
    BLOCKED,
    UNBLOCKED,
    DECISION_WANTED,
    DECIDED,

    /** Somebody's heads of a repository moved, as their machine tells (GRF-1). */
    HEADS_MOVED;

    /** As it is stored and sent: {@code session_started}. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static EventKind of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
