package dev.covibe.agents.telemetry;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** What OTLP carries, in either encoding, as far as it is read at all. */
sealed interface Signal {

    /** How the values of a metric are meant. */
    enum Temporality {
        DELTA,
        CUMULATIVE,
        UNSAID
    }

    /**
     * A point of a metric; of a histogram, its sum.
     *
     * @param value empty when it is no finite number
     */
    record Point(
            String metric,
            Temporality temporality,
            Optional<Instant> start,
            Optional<Instant> at,
            Optional<BigDecimal> value,
            Attributes attributes)
            implements Signal {}

    /**
     * A log event. Its body is never read.
     *
     * @param scope the instrumentation that wrote it
     * @param traceId 32 hexadecimal digits
     */
    record Event(
            String scope,
            Optional<Instant> at,
            Optional<Instant> observed,
            Optional<String> traceId,
            Attributes attributes)
            implements Signal {}

    /** A span. Its name is looked at only for names that are known. */
    record Step(
            String name,
            String traceId,
            String spanId,
            Optional<String> parentSpanId,
            Optional<Instant> start,
            Optional<Instant> end,
            boolean failed,
            Attributes attributes)
            implements Signal {}

    /** Nanoseconds since 1970 as OTLP has them, unsigned; 0 means unknown, and what no time can be is unknown too. */
    static Optional<Instant> time(long nanos) {
        return nanos <= 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(0, nanos / 1000 * 1000));
    }

    static Optional<BigDecimal> finite(double value) {
        return Double.isFinite(value) && Math.abs(value) < 1e15
                ? Optional.of(BigDecimal.valueOf(value))
                : Optional.empty();
    }
}
