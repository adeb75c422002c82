package dev.covibe.agents.telemetry;

import dev.covibe.agents.Sighting;
import dev.covibe.agents.telemetry.Vendor.What;
import dev.covibe.agents.usage.Amounts;
import dev.covibe.agents.usage.Batch;
import dev.covibe.agents.usage.Keys;
import dev.covibe.agents.usage.MetricPoint;
import dev.covibe.agents.usage.SpanItem;
import dev.covibe.agents.usage.Spelling;
import dev.covibe.agents.usage.UsageItem;
import dev.covibe.agents.usage.UsageItem.GivenCost;
import dev.covibe.agents.usage.UsageSource;
import dev.covibe.identity.AgentType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What one request of log events says. */
final class LogsReport {

    private final Optional<AgentType> typed;
    private final Batch batch = new Batch();
    private final Map<Sighting.Name, Sighting> signs = new HashMap<>();

    LogsReport(Optional<AgentType> typed) {
        this.typed = typed;
    }

    void add(Signal.Event event) {
        Attributes attributes = event.attributes();
        String name = attributes.text("event.name").orElse("");
        Vendor.of(name, event.scope(), attributes).ifPresent(vendor -> {
            String full = vendor.event(name);
            UsageItem.Sitting sitting = Telemetry.sitting(vendor.agent(), typed, attributes);
            Optional<Instant> at = event.at().or(() -> timestamp(attributes)).or(event::observed);
            What what = vendor.what(full, attributes);
            if (what == What.SIGN_OF_LIFE) {
                at.flatMap(time -> Telemetry.sign(sitting, time, attributes))
                        .ifPresent(sign -> signs.merge(sign.name(), sign, Sighting::and));
                return;
            }
            int index = batch.next();
            if (at.isEmpty()) {
                batch.refuse(index, "usage.invalid", full + " has no time");
                return;
            }
            try {
                add(index, vendor, full, what, sitting, at.get(), event);
            } catch (Vendor.NegativeCount negative) {
                batch.refuse(index, "usage.negative", full + ": " + negative.getMessage());
            }
        });
    }

    private void add(
            int index,
            Vendor vendor,
            String name,
            What what,
            UsageItem.Sitting sitting,
            Instant at,
            Signal.Event event) {
        Attributes attributes = event.attributes();
        switch (what) {
            case CALL -> batch.add(call(index, vendor, name, sitting, at, attributes, vendor.amounts(attributes)));
            case FAILED_CALL -> batch.add(call(index, vendor, name, sitting, at, attributes, Amounts.failedCall()));
            // With traces on, the same tool call comes as a span of its own.
            case TOOL -> {
                if (event.traceId().isEmpty()) {
                    batch.add(tool(index, name, sitting, at, attributes));
                }
            }
            case SIGN_OF_LIFE -> {}
        }
    }

    private static UsageItem call(
            int index,
            Vendor vendor,
            String name,
            UsageItem.Sitting sitting,
            Instant at,
            Attributes attributes,
            Amounts amounts) {
        boolean failed = amounts.failed() > 0;
        return new UsageItem(
                index,
                key(name, at, attributes),
                UsageSource.OTLP_EVENT,
                sitting,
                at,
                vendor.provider(),
                attributes.text("model").flatMap(Spelling::model).orElse(Spelling.UNKNOWN_MODEL),
                amounts,
                failed ? UsageItem.UNKNOWN_COST : cost(attributes),
                millis(attributes),
                failed ? Optional.of(Vendor.errorClass(attributes)) : Optional.empty());
    }

    /**
     * A request's id names it wherever it is told, in a fork of the session too. Without one it is the same call when
     * session, time and numbers are.
     */
    private static UUID key(String name, Instant at, Attributes attributes) {
        Optional<String> request = attributes.text("request_id");
        return request.isPresent() && name.endsWith("api_request")
                ? Keys.of("otlp", name, request.get())
                : Keys.of(
                        "otlp",
                        name,
                        at.toString(),
                        attributes.identity(
                                "session.id",
                                "conversation.id",
                                "event.timestamp",
                                "event.sequence",
                                "prompt_id",
                                "prompt.id",
                                "request_id",
                                "model",
                                "duration_ms",
                                "input_tokens",
                                "output_tokens",
                                "input_token_count",
                                "output_token_count",
                                "tool_name",
                                "function_name"));
    }

    private static GivenCost cost(Attributes attributes) {
        Optional<BigDecimal> dollars = attributes.number("cost_usd");
        dollars.filter(value -> value.signum() < 0).ifPresent(negative -> {
            throw new Vendor.NegativeCount("cost_usd");
        });
        return dollars.filter(value -> value.compareTo(BigDecimal.valueOf(1_000_000)) < 0)
                .<GivenCost>map(value -> new GivenCost.Reported(MetricPoint.nanos(value)))
                .orElse(UsageItem.UNKNOWN_COST);
    }

    private static Optional<Long> millis(Attributes attributes) {
        return attributes
                .number("duration_ms")
                .filter(millis -> millis.signum() >= 0 && millis.compareTo(BigDecimal.valueOf(86_400_000)) < 0)
                .map(BigDecimal::longValue);
    }

    private static SpanItem tool(int index, String name, UsageItem.Sitting sitting, Instant at, Attributes attributes) {
        UUID key = key(name, at, attributes);
        UUID trace = Keys.of("trace", attributes.identity("session.id", "conversation.id"));
        long millis = millis(attributes).orElse(0L);
        boolean failed = Vendor.failed(attributes);
        return new SpanItem(
                index,
                trace.toString().replace("-", ""),
                String.format("%016x", key.getMostSignificantBits()),
                Optional.empty(),
                sitting,
                // The event is told when the tool is done.
                at.minus(Duration.ofMillis(millis)),
                millis,
                SpanItem.Operation.TOOL,
                attributes.first("tool_name", "function_name").flatMap(Spelling::tool),
                Optional.empty(),
                Optional.empty(),
                failed ? SpanItem.Status.ERROR : SpanItem.Status.OK,
                failed ? Optional.of(Vendor.errorClass(attributes)) : Optional.empty());
    }

    private static Optional<Instant> timestamp(Attributes attributes) {
        return attributes.text("event.timestamp").flatMap(text -> {
            try {
                return Optional.of(OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeException noTime) {
                return Optional.empty();
            }
        });
    }

    Batch batch() {
        signs.values().forEach(sign -> batch.seen(batch.next(), sign));
        return batch;
    }
}
