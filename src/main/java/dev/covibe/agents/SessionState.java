package dev.covibe.agents;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** How alive a session is (AGT-1). Nothing of it is stored: it follows from when the agent was last seen. */
public enum SessionState {
    ACTIVE,
    IDLE,
    STALE,
    ENDED;

    /** No sign of the agent for this long, and it counts as idle. */
    public static final Duration IDLE_AFTER = Duration.ofMinutes(5);

    /** No sign of the agent for this long, and nobody should count on it any more. */
    public static final Duration STALE_AFTER = Duration.ofMinutes(30);

    /** Whoever was last seen at this moment or before is stale at {@code now}. */
    public static Instant staleSince(Instant now) {
        return now.minus(STALE_AFTER);
    }

    static SessionState of(Instant lastSeenAt, Optional<Instant> endedAt, Instant now) {
        Duration silence = Duration.between(lastSeenAt, now);
        if (endedAt.isPresent()) {
            return ENDED;
        }
        if (silence.compareTo(IDLE_AFTER) < 0) {
            return ACTIVE;
        }
        return silence.compareTo(STALE_AFTER) < 0 ? IDLE : STALE;
    }

    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
