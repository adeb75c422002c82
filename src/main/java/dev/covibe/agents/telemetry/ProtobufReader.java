package dev.covibe.agents.telemetry;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.covibe.agents.telemetry.Signal.Temporality;
import dev.covibe.platform.problem.Refusal;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Status;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads OTLP in protobuf. */
final class ProtobufReader {

    private static final int NO_VALUE = DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE;

    private ProtobufReader() {}

    private interface Parsing<T> {
        T parse(byte[] body) throws InvalidProtocolBufferException;
    }

    private static <T> T parsed(byte[] body, Parsing<T> parsing) {
        try {
            return parsing.parse(body);
        } catch (InvalidProtocolBufferException unreadable) {
            throw Refusal.invalid("request.malformed", "The body is not the OTLP message that this address takes.");
        }
    }

    static void metrics(byte[] body, Consumer<Signal.Point> sink) {
        for (var resource : parsed(body, ExportMetricsServiceRequest::parseFrom).getResourceMetricsList()) {
            Attributes of = attributes(resource.getResource().getAttributesList(), Attributes.NONE);
            for (var scope : resource.getScopeMetricsList()) {
                scope.getMetricsList().forEach(metric -> points(metric, of, sink));
            }
        }
    }

    private static void points(Metric metric, Attributes of, Consumer<Signal.Point> sink) {
        switch (metric.getDataCase()) {
            case SUM ->
                numbers(
                        metric.getName(),
                        temporality(metric.getSum().getAggregationTemporality()),
                        metric.getSum().getDataPointsList(),
                        of,
                        sink);
            case GAUGE ->
                numbers(metric.getName(), Temporality.UNSAID, metric.getGauge().getDataPointsList(), of, sink);
            case HISTOGRAM ->
                metric.getHistogram().getDataPointsList().stream()
                        .filter(point -> (point.getFlags() & NO_VALUE) == 0)
                        .forEach(point -> sink.accept(new Signal.Point(
                                metric.getName(),
                                temporality(metric.getHistogram().getAggregationTemporality()),
                                Signal.time(point.getStartTimeUnixNano()),
                                Signal.time(point.getTimeUnixNano()),
                                point.hasSum() ? Signal.finite(point.getSum()) : Optional.empty(),
                                attributes(point.getAttributesList(), of))));
            case EXPONENTIAL_HISTOGRAM ->
                metric.getExponentialHistogram().getDataPointsList().stream()
                        .filter(point -> (point.getFlags() & NO_VALUE) == 0)
                        .forEach(point -> sink.accept(new Signal.Point(
                                metric.getName(),
                                temporality(metric.getExponentialHistogram().getAggregationTemporality()),
                                Signal.time(point.getStartTimeUnixNano()),
                                Signal.time(point.getTimeUnixNano()),
                                point.hasSum() ? Signal.finite(point.getSum()) : Optional.empty(),
                                attributes(point.getAttributesList(), of))));
            case SUMMARY, DATA_NOT_SET -> {}
        }
    }

    private static void numbers(
            String metric,
            Temporality temporality,
            List<NumberDataPoint> points,
            Attributes of,
            Consumer<Signal.Point> sink) {
        points.stream()
                .filter(point -> (point.getFlags() & NO_VALUE) == 0)
                .forEach(point -> sink.accept(new Signal.Point(
                        metric,
                        temporality,
                        Signal.time(point.getStartTimeUnixNano()),
                        Signal.time(point.getTimeUnixNano()),
                        switch (point.getValueCase()) {
                            case AS_INT -> Optional.of(BigDecimal.valueOf(point.getAsInt()));
                            case AS_DOUBLE -> Signal.finite(point.getAsDouble());
                            case VALUE_NOT_SET -> Optional.empty();
                        },
                        attributes(point.getAttributesList(), of))));
    }

    private static Temporality temporality(AggregationTemporality said) {
        return switch (said) {
            case AGGREGATION_TEMPORALITY_DELTA -> Temporality.DELTA;
            case AGGREGATION_TEMPORALITY_CUMULATIVE -> Temporality.CUMULATIVE;
            case AGGREGATION_TEMPORALITY_UNSPECIFIED, UNRECOGNIZED -> Temporality.UNSAID;
        };
    }

    static void logs(byte[] body, Consumer<Signal.Event> sink) {
        for (var resource : parsed(body, ExportLogsServiceRequest::parseFrom).getResourceLogsList()) {
            Attributes of = attributes(resource.getResource().getAttributesList(), Attributes.NONE);
            for (var scope : resource.getScopeLogsList()) {
                for (var log : scope.getLogRecordsList()) {
                    sink.accept(new Signal.Event(
                            scope.getScope().getName(),
                            Signal.time(log.getTimeUnixNano()),
                            Signal.time(log.getObservedTimeUnixNano()),
                            hex(log.getTraceId(), 16),
                            attributes(log.getAttributesList(), of)));
                }
            }
        }
    }

    static void traces(byte[] body, Consumer<Signal.Step> sink) {
        for (var resource : parsed(body, ExportTraceServiceRequest::parseFrom).getResourceSpansList()) {
            Attributes of = attributes(resource.getResource().getAttributesList(), Attributes.NONE);
            for (var scope : resource.getScopeSpansList()) {
                for (var span : scope.getSpansList()) {
                    sink.accept(new Signal.Step(
                            span.getName(),
                            hex(span.getTraceId(), 16).orElse(""),
                            hex(span.getSpanId(), 8).orElse(""),
                            hex(span.getParentSpanId(), 8),
                            Signal.time(span.getStartTimeUnixNano()),
                            Signal.time(span.getEndTimeUnixNano()),
                            span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
                            attributes(span.getAttributesList(), of)));
                }
            }
        }
    }

    private static Optional<String> hex(ByteString bytes, int length) {
        return bytes.size() == length ? Optional.of(HexFormat.of().formatHex(bytes.toByteArray())) : Optional.empty();
    }

    private static Attributes attributes(List<KeyValue> given, Attributes resource) {
        Attributes.Builder attributes = new Attributes.Builder();
        for (KeyValue attribute : given) {
            if (Attributes.knows(attribute.getKey())) {
                put(attributes, attribute.getKey(), attribute.getValue());
            }
        }
        return attributes.build(resource);
    }

    private static void put(Attributes.Builder attributes, String key, AnyValue value) {
        switch (value.getValueCase()) {
            case STRING_VALUE -> attributes.put(key, value.getStringValue());
            case INT_VALUE -> attributes.put(key, Long.toString(value.getIntValue()));
            case DOUBLE_VALUE -> attributes.put(key, Double.toString(value.getDoubleValue()));
            case BOOL_VALUE -> attributes.put(key, Boolean.toString(value.getBoolValue()));
            case ARRAY_VALUE, KVLIST_VALUE, BYTES_VALUE, VALUE_NOT_SET -> {}
        }
    }
}
