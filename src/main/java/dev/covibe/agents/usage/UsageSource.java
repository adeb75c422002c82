package dev.covibe.agents.usage;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/**
 * Who says that tokens were used, the least believed first (AGT-4). A session counts from one source only: the best that
 * ever reported it.
 */
public enum UsageSource {
    /** The agent's own word, through the tool {@code report_usage}: an estimate. */
    MCP("mcp"),
    /** The companion, from hooks: {@code POST /api/ingest}. */
    HOOK("hook"),
    /** OpenTelemetry metrics: sums over an interval. */
    OTLP_METRIC("otlp-metric"),
    /** OpenTelemetry log events: one for each call. */
    OTLP_EVENT("otlp-event");

    private final String key;

    UsageSource(String key) {
        this.key = key;
    }

    /** As it is stored and sent: {@code otlp-event}. */
    @JsonValue
    public String key() {
        return key;
    }

    static UsageSource of(String key) {
        return Arrays.stream(values())
                .filter(source -> source.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no source of usage " + key));
    }
}
