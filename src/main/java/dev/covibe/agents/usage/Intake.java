package dev.covibe.agents.usage;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** What an operator sees of the books: how much comes in, and how old it is when it comes. */
@Singleton
class Intake {

    private final MeterRegistry meters;
    private final Timer lag;
    private final Clock clock;

    Intake(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        this.lag = Timer.builder("covibe.ingest.lag")
                .description("Age of the newest item of a batch when it was entered")
                .register(meters);
    }

    void entered(Batch batch) {
        for (Batch.Status status : Batch.Status.values()) {
            meters.counter("covibe.ingest.items", "status", status.key()).increment(batch.count(status));
        }
        newest(batch).ifPresent(at -> lag.record(notNegative(Duration.between(at, clock.instant()))));
    }

    private static Optional<Instant> newest(Batch batch) {
        return Stream.concat(
                        Stream.concat(
                                batch.usage.stream().map(UsageItem::at),
                                batch.points.stream().map(MetricPoint::at)),
                        batch.spans.stream().map(SpanItem::at))
                .max(Instant::compareTo);
    }

    private static Duration notNegative(Duration age) {
        return age.isNegative() ? Duration.ZERO : age;
    }
}
