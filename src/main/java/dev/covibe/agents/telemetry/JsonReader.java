package dev.covibe.agents.telemetry;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.covibe.agents.telemetry.Signal.Temporality;
import dev.covibe.platform.problem.Refusal;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads OTLP in JSON: protobuf's JSON mapping, but for ids in hexadecimal and enums as numbers. Numbers of 64 bits come as
 * text or as numbers; both are read.
 */
final class JsonReader {

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]*");

    static {
        JSON.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNestingDepth(60).build());
    }

    private JsonReader() {}

    private static JsonNode parsed(byte[] body) {
        try {
            JsonNode node = JSON.readTree(body);
            if (node.isObject()) {
                return node;
            }
        } catch (IOException unreadable) {
            // Said below: it is no OTLP message either way.
        }
        throw Refusal.invalid("request.malformed", "The body is not the OTLP message that this address takes.");
    }

    static void metrics(byte[] body, Consumer<Signal.Point> sink) {
        for (JsonNode resource : parsed(body).path("resourceMetrics")) {
            Attributes of = attributes(resource.path("resource"), Attributes.NONE);
            for (JsonNode scope : resource.path("scopeMetrics")) {
                for (JsonNode metric : scope.path("metrics")) {
                    String name = metric.path("name").asText();
                    points(name, metric.path("sum"), "sum", of, sink);
                    points(name, metric.path("gauge"), "gauge", of, sink);
                    points(name, metric.path("histogram"), "histogram", of, sink);
                    points(name, metric.path("exponentialHistogram"), "histogram", of, sink);
                }
            }
        }
    }

    private static void points(String name, JsonNode metric, String kind, Attributes of, Consumer<Signal.Point> sink) {
        Temporality temporality = temporality(metric.path("aggregationTemporality"));
        for (JsonNode point : metric.path("dataPoints")) {
            if ((point.path("flags").asInt() & 1) == 0) {
                sink.accept(new Signal.Point(
                        name,
                        temporality,
                        time(point.path("startTimeUnixNano")),
                        time(point.path("timeUnixNano")),
                        kind.equals("histogram")
                                ? number(point.path("sum"))
                                : number(point.path(point.has("asInt") ? "asInt" : "asDouble")),
                        attributes(point, of)));
            }
        }
    }

    private static Temporality temporality(JsonNode said) {
        return switch (said.asText()) {
            case "1", "AGGREGATION_TEMPORALITY_DELTA" -> Temporality.DELTA;
            case "2", "AGGREGATION_TEMPORALITY_CUMULATIVE" -> Temporality.CUMULATIVE;
            default -> Temporality.UNSAID;
        };
    }

    static void logs(byte[] body, Consumer<Signal.Event> sink) {
        for (JsonNode resource : parsed(body).path("resourceLogs")) {
            Attributes of = attributes(resource.path("resource"), Attributes.NONE);
            for (JsonNode scope : resource.path("scopeLogs")) {
                for (JsonNode log : scope.path("logRecords")) {
                    sink.accept(new Signal.Event(
                            scope.path("scope").path("name").asText(),
                            time(log.path("timeUnixNano")),
                            time(log.path("observedTimeUnixNano")),
                            hex(log.path("traceId"), 32),
                            attributes(log, of)));
                }
            }
        }
    }

    static void traces(byte[] body, Consumer<Signal.Step> sink) {
        for (JsonNode resource : parsed(body).path("resourceSpans")) {
            Attributes of = attributes(resource.path("resource"), Attributes.NONE);
            for (JsonNode scope : resource.path("scopeSpans")) {
                for (JsonNode span : scope.path("spans")) {
                    String code = span.path("status").path("code").asText();
                    sink.accept(new Signal.Step(
                            span.path("name").asText(),
                            hex(span.path("traceId"), 32).orElse(""),
                            hex(span.path("spanId"), 16).orElse(""),
                            hex(span.path("parentSpanId"), 16),
                            time(span.path("startTimeUnixNano")),
                            time(span.path("endTimeUnixNano")),
                            code.equals("2") || code.equals("STATUS_CODE_ERROR"),
                            attributes(span, of)));
                }
            }
        }
    }

    private static Optional<Instant> time(JsonNode nanos) {
        String text = nanos.asText();
        try {
            return text.isEmpty() || text.length() > 19 ? Optional.empty() : Signal.time(Long.parseLong(text));
        } catch (NumberFormatException noTime) {
            return Optional.empty();
        }
    }

    private static Optional<BigDecimal> number(JsonNode node) {
        String text = node.asText();
        try {
            return text.isEmpty() || text.length() > 40
                    ? Optional.empty()
                    : Optional.of(new BigDecimal(text)).filter(value -> Math.abs(value.doubleValue()) < 1e15);
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    private static Optional<String> hex(JsonNode node, int digits) {
        String text = node.asText();
        return text.length() == digits && HEX.matcher(text).matches()
                ? Optional.of(text.toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    private static Attributes attributes(JsonNode holder, Attributes resource) {
        Attributes.Builder attributes = new Attributes.Builder();
        for (JsonNode attribute : holder.path("attributes")) {
            String key = attribute.path("key").asText();
            if (Attributes.knows(key)) {
                JsonNode value = attribute.path("value");
                for (String kind : new String[] {"stringValue", "intValue", "doubleValue", "boolValue"}) {
                    if (value.path(kind).isValueNode()) {
                        attributes.put(key, value.path(kind).asText());
                    }
                }
            }
        }
        return attributes.build(resource);
    }
}
