package dev.covibe.platform.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How much each caller has left, kept by this instance alone: a limit on throughput protects the instance that does the
 * work. What guards who gets in is counted in the database instead.
 */
@Singleton
public class Throughput {

    private static final int MOST_CALLERS = 100_000;
    private static final double NANOS = 1e9;

    private final MeterRegistry meters;
    private final Map<Policy, Allowance> allowances = new EnumMap<>(Policy.class);
    private final Map<Policy, Cache<Object, Bucket>> buckets = new EnumMap<>(Policy.class);

    Throughput(LimitSettings settings, MeterRegistry meters) {
        this.meters = meters;
        allowances.put(Policy.MCP, settings.mcp());
        allowances.put(Policy.INGEST, settings.ingest());
        allowances.put(Policy.WRITES, settings.writes());
        allowances.put(Policy.CALLS, settings.calls());
        allowances.put(Policy.ANONYMOUS, settings.anonymous());
        // A bucket that nobody touched for a window is full, and a full one need not be kept.
        allowances.forEach((policy, allowance) -> buckets.put(
                policy,
                Caffeine.newBuilder()
                        .maximumSize(MOST_CALLERS)
                        .expireAfterAccess(allowance.window().plusSeconds(1))
                        .build()));
    }

    /**
     * What one call found.
     *
     * @param allowed whether it may go on
     * @param left how many more may follow at once
     * @param until how long before the next one may; zero when it may now
     * @param reset how long before everything is allowed again
     */
    public record Left(Policy policy, Allowance allowance, boolean allowed, long left, Duration until, Duration reset) {

        /** The {@code RateLimit-Policy} field of draft-ietf-httpapi-ratelimit-headers-10. */
        public String policyField() {
            return "\"" + policy.key() + "\";q=" + allowance.most() + ";w="
                    + allowance.window().toSeconds();
        }

        /** The {@code RateLimit} field of the same draft. */
        public String field() {
            return "\"" + policy.key() + "\";r=" + left + ";t=" + (allowed ? seconds(reset) : retryAfter());
        }

        /** Whole seconds until a call is allowed again, at least 1. */
        public int retryAfter() {
            return Math.max(1, seconds(until));
        }

        private static int seconds(Duration duration) {
            return (int) Math.ceil(duration.toNanos() / NANOS);
        }
    }

    /** For the operator's metrics: a call was turned away. */
    public void refusedOne(Policy policy) {
        meters.counter("covibe.limits.refused", "limit", policy.key()).increment();
    }

    /** Whether the policy limits anything. */
    public boolean limits(Policy policy) {
        return !allowances.get(policy).isOff();
    }

    /**
     * Counts one call.
     *
     * @param who whose it is: a token's or developer's id, or an address
     */
    public Left take(Policy policy, Object who) {
        Allowance allowance = allowances.get(policy);
        ConsumptionProbe probe =
                buckets.get(policy).get(who, _ -> full(allowance)).tryConsumeAndReturnRemaining(1);
        return new Left(
                policy,
                allowance,
                probe.isConsumed(),
                probe.getRemainingTokens(),
                Duration.ofNanos(probe.getNanosToWaitForRefill()),
                Duration.ofNanos(probe.getNanosToWaitForReset()));
    }

    private static Bucket full(Allowance allowance) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(allowance.most()).refillGreedy(allowance.most(), allowance.window()))
                .build();
    }
}
