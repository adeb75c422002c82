package dev.covibe.platform.limits;

import java.util.Locale;

/** A limit on throughput, by the name that the {@code RateLimit} fields give it. */
public enum Policy {
    MCP,
    INGEST,
    WRITES,
    CALLS,
    ANONYMOUS;

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
