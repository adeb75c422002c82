package dev.covibe.agents.telemetry;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The attributes that are known, and no others: what is not named here is dropped before anything looks at it (AGT-2).
 * None of them holds what a person or a model wrote.
 */
final class Attributes {

    static final Attributes NONE = new Attributes(Map.of(), Map.of());

    private static final int LONGEST = 200;

    private static final Set<String> KNOWN = Set.of(
            // whose it is
            "service.name",
            "service.version",
            "app.version",
            "session.id",
            "conversation.id",
            "gen_ai.conversation.id",
            // what happened
            "event.name",
            "event.kind",
            "event.timestamp",
            "event.sequence",
            "request_id",
            "prompt_id",
            "prompt.id",
            "span.type",
            "gen_ai.operation.name",
            "tool_name",
            "function_name",
            "gen_ai.tool.name",
            "model",
            "gen_ai.request.model",
            "gen_ai.response.model",
            "gen_ai.provider.name",
            "gen_ai.system",
            // what tells counters apart
            "type",
            "token_type",
            "query_source",
            "effort",
            "speed",
            "role",
            // how much and how long
            "input_tokens",
            "output_tokens",
            "cache_read_tokens",
            "cache_creation_tokens",
            "cost_usd",
            "input_token_count",
            "output_token_count",
            "cached_token_count",
            "cache_write_token_count",
            "reasoning_token_count",
            "cached_content_token_count",
            "thoughts_token_count",
            "tool_token_count",
            "duration_ms",
            // how it went
            "success",
            "status_code",
            "http.status_code",
            "http.response.status_code",
            "error_type",
            "error.type");

    private final Map<String, String> values;
    private final Map<String, String> ofResource;

    private Attributes(Map<String, String> values, Map<String, String> ofResource) {
        this.values = values;
        this.ofResource = ofResource;
    }

    static boolean knows(String key) {
        return KNOWN.contains(key);
    }

    /** Collects attributes; what is not known, too long or no scalar never gets in. */
    static final class Builder {
        private final Map<String, String> values = new HashMap<>();

        void put(String key, String value) {
            if (knows(key) && value.length() <= LONGEST) {
                values.put(key, value);
            }
        }

        Attributes build(Attributes resource) {
            return new Attributes(values, resource.values);
        }
    }

    Optional<String> text(String key) {
        String own = values.get(key);
        return Optional.ofNullable(own == null ? ofResource.get(key) : own).filter(value -> !value.isBlank());
    }

    /** The first of these that is there. */
    Optional<String> first(String... keys) {
        for (String key : keys) {
            Optional<String> value = text(key);
            if (value.isPresent()) {
                return value;
            }
        }
        return Optional.empty();
    }

    /** Vendors send numbers as numbers and as text. */
    Optional<BigDecimal> number(String key) {
        return text(key).filter(value -> value.length() <= 40).flatMap(value -> {
            try {
                BigDecimal number = new BigDecimal(value);
                return Math.abs(number.scale()) < 40 ? Optional.of(number) : Optional.empty();
            } catch (NumberFormatException noNumber) {
                return Optional.empty();
            }
        });
    }

    /** What tells one counter from another. */
    String identity(String... keys) {
        StringBuilder identity = new StringBuilder();
        for (String key : keys) {
            identity.append(key).append('=').append(text(key).orElse("")).append('\n');
        }
        return identity.toString();
    }
}
