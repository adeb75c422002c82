package dev.covibe.testsupport;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The server's clock in tests. It is right, but for the time that a test lets it be wrong. */
public final class MovableClock extends Clock {

    private static volatile Duration wrongBy = Duration.ZERO;

    private final Clock right = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1000));

    /** Lets the server's clock jump while something is done; afterwards it jumps back. */
    public static void wrongBy(Duration offset, Runnable meanwhile) {
        wrongBy = offset;
        try {
            meanwhile.run();
        } finally {
            wrongBy = Duration.ZERO;
        }
    }

    @Override
    public Instant instant() {
        return right.instant().plus(wrongBy);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return right.withZone(zone);
    }

    static final class Maker {

        @Produces
        @Alternative
        @Priority(1)
        @Singleton
        Clock clock() {
            return new MovableClock();
        }
    }
}
