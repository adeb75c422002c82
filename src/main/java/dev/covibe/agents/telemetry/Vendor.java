package dev.covibe.agents.telemetry;

import dev.covibe.agents.usage.Amounts;
import dev.covibe.agents.usage.MetricPoint.Measure;
import dev.covibe.agents.usage.Spelling;
import dev.covibe.identity.AgentType;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** How each agent names what it reports. Checked against recordings of the real programs. */
enum Vendor {
    CLAUDE_CODE(AgentType.CLAUDE_CODE, "claude_code.", "anthropic", false) {
        @Override
        Optional<Measure> measure(String metric, Attributes attributes) {
            if (metric.equals("claude_code.cost.usage")) {
                return Optional.of(Measure.COST);
            }
            return metric.equals("claude_code.token.usage")
                    ? Optional.ofNullable(
                            TYPES_OF_CLAUDE.get(attributes.text("type").orElse("")))
                    : Optional.empty();
        }

        @Override
        What what(String event, Attributes attributes) {
            return switch (event) {
                case "claude_code.api_request" -> What.CALL;
                case "claude_code.api_error" -> What.FAILED_CALL;
                case "claude_code.tool_result" -> What.TOOL;
                default -> What.SIGN_OF_LIFE;
            };
        }

        @Override
        Amounts amounts(Attributes attributes) {
            return Amounts.call(
                    count(attributes, "input_tokens"),
                    count(attributes, "output_tokens"),
                    count(attributes, "cache_read_tokens"),
                    count(attributes, "cache_creation_tokens"),
                    0);
        }
    },

    CODEX(AgentType.CODEX, "codex.", "openai", true) {
        @Override
        Optional<Measure> measure(String metric, Attributes attributes) {
            return metric.equals("codex.turn.token_usage")
                    ? Optional.ofNullable(
                            TYPES_OF_CODEX.get(attributes.text("token_type").orElse("")))
                    : Optional.empty();
        }

        /** A completion is told twice, once with its numbers. */
        @Override
        What what(String event, Attributes attributes) {
            return switch (event) {
                case "codex.sse_event" ->
                    attributes.text("event.kind").orElse("").equals("response.completed")
                                    && attributes.text("input_token_count").isPresent()
                            ? What.CALL
                            : What.SIGN_OF_LIFE;
                case "codex.api_request" -> failed(attributes) ? What.FAILED_CALL : What.SIGN_OF_LIFE;
                case "codex.tool_result" -> What.TOOL;
                default -> What.SIGN_OF_LIFE;
            };
        }

        /** The input counts what was read from the cache and written to it. */
        @Override
        Amounts amounts(Attributes attributes) {
            long cached = count(attributes, "cached_token_count");
            long written = count(attributes, "cache_write_token_count");
            return Amounts.call(
                    Math.max(0, count(attributes, "input_token_count") - cached - written),
                    count(attributes, "output_token_count"),
                    cached,
                    written,
                    count(attributes, "reasoning_token_count"));
        }
    },

    GEMINI_CLI(AgentType.GEMINI_CLI, "gemini_cli.", "google", true) {
        @Override
        Optional<Measure> measure(String metric, Attributes attributes) {
            return metric.equals("gemini_cli.token.usage")
                    ? Optional.ofNullable(
                            TYPES_OF_GEMINI.get(attributes.text("type").orElse("")))
                    : Optional.empty();
        }

        @Override
        What what(String event, Attributes attributes) {
            return switch (event) {
                case "gemini_cli.api_response" -> What.CALL;
                case "gemini_cli.api_error" -> What.FAILED_CALL;
                case "gemini_cli.tool_call" -> What.TOOL;
                default -> What.SIGN_OF_LIFE;
            };
        }

        /** The input counts what was read from the cache; thoughts stand beside the output, tool prompts beside the input. */
        @Override
        Amounts amounts(Attributes attributes) {
            long cached = count(attributes, "cached_content_token_count");
            long thoughts = count(attributes, "thoughts_token_count");
            return Amounts.call(
                    Math.max(0, count(attributes, "input_token_count") - cached)
                            + count(attributes, "tool_token_count"),
                    count(attributes, "output_token_count") + thoughts,
                    cached,
                    0,
                    thoughts);
        }
    };

    private static final Map<String, Measure> TYPES_OF_CLAUDE = Map.of(
            "input", Measure.INPUT,
            "output", Measure.OUTPUT,
            "cacheRead", Measure.CACHE_READ,
            "cacheCreation", Measure.CACHE_WRITE);

    private static final Map<String, Measure> TYPES_OF_CODEX = Map.of(
            "input", Measure.INPUT,
            "output", Measure.OUTPUT,
            "cached_input", Measure.CACHE_READ_WITHIN_INPUT,
            "cache_write_input", Measure.CACHE_WRITE_WITHIN_INPUT,
            "reasoning_output", Measure.REASONING_WITHIN_OUTPUT);

    private static final Map<String, Measure> TYPES_OF_GEMINI = Map.of(
            "input", Measure.INPUT,
            "tool", Measure.INPUT,
            "output", Measure.OUTPUT,
            "cache", Measure.CACHE_READ_WITHIN_INPUT,
            "thought", Measure.REASONING);

    private final AgentType agent;
    private final String prefix;
    private final String provider;
    private final boolean pricedByBook;

    Vendor(AgentType agent, String prefix, String provider, boolean pricedByBook) {
        this.agent = agent;
        this.prefix = prefix;
        this.provider = provider;
        this.pricedByBook = pricedByBook;
    }

    /** What a log event tells. */
    enum What {
        CALL,
        FAILED_CALL,
        TOOL,
        SIGN_OF_LIFE
    }

    /** What a metric counts; empty when it counts nothing that is kept. */
    abstract Optional<Measure> measure(String metric, Attributes attributes);

    abstract What what(String event, Attributes attributes);

    /** The tokens of a call; none is below zero. */
    abstract Amounts amounts(Attributes attributes);

    AgentType agent() {
        return agent;
    }

    String provider() {
        return provider;
    }

    /** Whether the vendor's metrics carry no cost of their own. */
    boolean isPricedByBook() {
        return pricedByBook;
    }

    static Optional<Vendor> ofMetric(String metric) {
        for (Vendor vendor : values()) {
            if (metric.startsWith(vendor.prefix)) {
                return Optional.of(vendor);
            }
        }
        return Optional.empty();
    }

    /** Claude Code leaves its prefix out of the event's name, but not out of its scope and service. */
    static Optional<Vendor> of(String name, String scope, Attributes attributes) {
        return ofMetric(name).or(() -> {
            String from = scope + " " + attributes.text("service.name").orElse("");
            if (from.contains("claude_code") || from.contains("claude-code")) {
                return Optional.of(CLAUDE_CODE);
            }
            if (from.contains("codex")) {
                return Optional.of(CODEX);
            }
            return from.contains("gemini-cli") ? Optional.of(GEMINI_CLI) : Optional.empty();
        });
    }

    /** The event's name with its prefix, whether or not it was sent. */
    String event(String name) {
        return name.startsWith(prefix) ? name : prefix + name;
    }

    /** @throws NegativeCount when somebody reports less than nothing */
    private static long count(Attributes attributes, String key) {
        BigDecimal count = attributes.number(key).orElse(BigDecimal.ZERO);
        if (count.signum() < 0) {
            throw new NegativeCount(key);
        }
        return count.min(BigDecimal.valueOf(1_000_000_000_000L)).longValue();
    }

    /** Less than nothing was reported. */
    static final class NegativeCount extends RuntimeException {
        NegativeCount(String key) {
            super(key + " is negative", null, false, false);
        }
    }

    static boolean failed(Attributes attributes) {
        return attributes
                        .text("success")
                        .map(success -> success.equalsIgnoreCase("false"))
                        .orElse(false)
                || status(attributes)
                        .map(status -> status.compareTo(BigDecimal.valueOf(400)) >= 0)
                        .orElse(false)
                || attributes.first("error.type", "error_type").isPresent();
    }

    private static Optional<BigDecimal> status(Attributes attributes) {
        return attributes
                .number("http.response.status_code")
                .or(() -> attributes.number("status_code"))
                .or(() -> attributes.number("http.status_code"));
    }

    /** {@code http_429}, or the class that was told; never a message. */
    static String errorClass(Attributes attributes) {
        return attributes
                .first("error.type", "error_type")
                .flatMap(Spelling::errorClass)
                .or(() -> status(attributes).map(status -> "http_" + status.intValue()))
                .orElse("error");
    }
}
