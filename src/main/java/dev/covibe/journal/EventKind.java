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
    HEADS_MOVED,

    /** All work of the workspace was deleted; the payload counts what, by table. The only event that outlives it. */
    WORKSPACE_DATA_RESET;

    /** As it is stored and sent: {@code session_started}; {@code workspace.data_reset} says what was reset (IDN-11). */
    @JsonValue
    public String key() {
        return this == WORKSPACE_DATA_RESET ? "workspace.data_reset" : name().toLowerCase(Locale.ROOT);
    }

    static EventKind of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT).replace('.', '_'));
    }
}
