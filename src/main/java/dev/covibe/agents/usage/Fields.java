package dev.covibe.agents.usage;

import dev.covibe.identity.AgentType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** The fields of one item, each checked as it is asked for. No message repeats a value: it may be anything. */
final class Fields {

    private static final int LONGEST_ID = 200;
    private static final long MOST = 1_000_000_000_000L;

    private final Map<String, String> values;

    Fields(Map<String, String> values) {
        this.values = values;
    }

    /** One thing is wrong with the item. */
    static final class Wrong extends RuntimeException {
        private final String code;

        Wrong(String code, String message) {
            super(message, null, false, false);
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
    }

    String wanted(String name) {
        return text(name).orElseThrow(() -> new Wrong("usage.invalid", name + " is missing."));
    }

    /** What the sender calls the item: any text, of which only a hash is kept. */
    String id() {
        String id = wanted("id");
        if (id.length() > LONGEST_ID) {
            throw new Wrong("usage.invalid", "id has at most " + LONGEST_ID + " characters.");
        }
        return id;
    }

    Instant at() {
        try {
            return OffsetDateTime.parse(wanted("at")).toInstant();
        } catch (DateTimeException unreadable) {
            throw new Wrong("usage.invalid", "at must be a time such as 2026-11-20T12:30:00Z.");
        }
    }

    /** Whole, from 0 to 10^12; 0 when absent. */
    long count(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return 0;
        }
        BigDecimal number = number(name, text.get());
        if (number.signum() < 0) {
            throw new Wrong("usage.negative", name + " must not be negative.");
        }
        if (number.compareTo(BigDecimal.valueOf(MOST)) > 0
                || number.stripTrailingZeros().scale() > 0) {
            throw new Wrong("usage.invalid", name + " must be a whole number of at most 10^12.");
        }
        return number.longValue();
    }

    Optional<Long> optionalCount(String name) {
        return text(name).map(present -> count(name));
    }

    Optional<Long> nanos(String name) {
        return text(name).map(text -> {
            BigDecimal dollars = number(name, text);
            if (dollars.signum() < 0) {
                throw new Wrong("usage.negative", name + " must not be negative.");
            }
            if (dollars.compareTo(BigDecimal.valueOf(1_000_000)) > 0) {
                throw new Wrong("usage.invalid", name + " must be at most 1,000,000.");
            }
            return MetricPoint.nanos(dollars);
        });
    }

    private static BigDecimal number(String name, String text) {
        try {
            BigDecimal number = text.length() > 40 ? null : new BigDecimal(text);
            if (number != null && Math.abs(number.scale()) < 40) {
                return number;
            }
        } catch (NumberFormatException unreadable) {
            // Said below, like a number that is too long.
        }
        throw new Wrong("usage.invalid", name + " must be a number.");
    }

    /** A word that is spelt as such words are. */
    Optional<String> spelt(String name, Function<String, Optional<String>> spelling) {
        return text(name).map(text -> spelling.apply(text)
                .orElseThrow(() -> new Wrong("usage.invalid", name + " is not spelt like one.")));
    }

    <E extends Enum<E>> E choice(String name, E[] choices, Function<E, String> key, E otherwise) {
        return text(name)
                .map(text -> Arrays.stream(choices)
                        .filter(choice -> key.apply(choice).equals(text))
                        .findFirst()
                        .orElseThrow(() -> new Wrong(
                                "usage.invalid",
                                name + " is one of "
                                        + String.join(
                                                ", ",
                                                Arrays.stream(choices).map(key).toList()) + ".")))
                .orElse(otherwise);
    }

    UsageItem.Sitting sitting(Optional<AgentType> typed) {
        return new UsageItem.Sitting(agent(typed), spelt("session", Spelling::externalId), sessionId());
    }

    private Optional<UUID> sessionId() {
        return text("session_id").map(text -> {
            try {
                return UUID.fromString(text);
            } catch (IllegalArgumentException unreadable) {
                throw new Wrong("usage.invalid", "session_id must be an id that this server gave out.");
            }
        });
    }

    AgentType agent(Optional<AgentType> typed) {
        AgentType said = choice("agent", AgentType.values(), AgentType::key, AgentType.OTHER);
        return typed.orElse(said);
    }
}
