package dev.covibe.agents;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What told of a session first (AGT-1). */
public enum StartedBy {
    MCP,
    HOOK,
    TELEMETRY;

    /** As it is stored and sent: {@code telemetry}. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
