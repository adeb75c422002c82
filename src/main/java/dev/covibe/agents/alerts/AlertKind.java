package dev.covibe.agents.alerts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an alert is about (AGT-9). */
public enum AlertKind {
    FAILING_AGENT("Failing agent"),
    IDLE_SESSION("Idle session"),
    STALE_SESSION("Stale session"),
    SPEND_SPIKE("Spend spike");

    private final String title;

    AlertKind(String title) {
        this.title = title;
    }

    /** As it is stored and sent: {@code failing_agent}. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    static AlertKind of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
