package dev.covibe.agents.usage;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * One timed step of a session, without content.
 *
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 */
public record SpanItem(
        int index,
        String traceId,
        String spanId,
        Optional<String> parentSpanId,
        UsageItem.Sitting sitting,
        Instant at,
        long durationMillis,
        Operation operation,
        Optional<String> tool,
        Optional<String> provider,
        Optional<String> model,
        Status status,
        Optional<String> errorClass) {

    /** What a step does. Its own name is never kept: it may be anything. */
    public enum Operation {
        /** A person's request and all that the agent did about it. */
        TURN,
        /** A request to a model. */
        CHAT,
        TOOL,
        /** A sub-agent. */
        AGENT,
        OTHER;

        @JsonValue
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public enum Status {
        UNSET,
        OK,
        ERROR;

        @JsonValue
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    UUID key() {
        return Keys.of("span", traceId, spanId);
    }
}
