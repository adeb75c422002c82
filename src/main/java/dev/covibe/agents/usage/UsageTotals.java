package dev.covibe.agents.usage;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.covibe.platform.sql.Row;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.SQLException;

/**
 * What was used, added up. Every number says where it comes from (AGT-4): cost is reported by the vendor's own client,
 * computed from the price book, or estimated; tokens without a price cost nothing and stand apart.
 *
 * @param calls requests to a model; metrics tell tokens without telling calls
 * @param failed those of them that failed
 * @param inputTokens without cache reads and writes
 * @param outputTokens with reasoning
 * @param reasoningTokens part of the output, for information
 * @param reportedNanos cost in billionths of a US dollar, as the vendor's client reported it
 * @param computedNanos cost from the price book, at the price of the day of the call
 * @param estimatedNanos cost of what the agent itself said it used
 * @param unpricedTokens tokens of models that have no price
 * @param estimatedTokens tokens that only the agent itself reported
 * @param latencyMillis of all timed calls together
 * @param timedCalls how many calls said how long they took
 */
@RegisterForReflection
public record UsageTotals(
        long calls,
        long failed,
        long inputTokens,
        long outputTokens,
        long cacheReadTokens,
        long cacheWriteTokens,
        long reasoningTokens,
        BigInteger reportedNanos,
        BigInteger computedNanos,
        BigInteger estimatedNanos,
        long unpricedTokens,
        long estimatedTokens,
        long latencyMillis,
        long timedCalls) {

    public static final UsageTotals NONE =
            new UsageTotals(0, 0, 0, 0, 0, 0, 0, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, 0, 0, 0, 0);

    /** The columns of every table of totals. */
    public static final String COLUMNS = """
            calls, failed, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens,
            reported_nanos, computed_nanos, estimated_nanos, unpriced_tokens, estimated_tokens, latency_ms, timed_calls\
            """;

    /** The sums of {@link #COLUMNS}, in their order and with their names. Whatever it is grouped by, they are the same. */
    public static final String SUMS = """
            coalesce(sum(calls), 0) as calls, coalesce(sum(failed), 0) as failed,
            coalesce(sum(input_tokens), 0) as input_tokens, coalesce(sum(output_tokens), 0) as output_tokens,
            coalesce(sum(cache_read_tokens), 0) as cache_read_tokens,
            coalesce(sum(cache_write_tokens), 0) as cache_write_tokens,
            coalesce(sum(reasoning_tokens), 0) as reasoning_tokens,
            coalesce(sum(reported_nanos), 0) as reported_nanos, coalesce(sum(computed_nanos), 0) as computed_nanos,
            coalesce(sum(estimated_nanos), 0) as estimated_nanos,
            coalesce(sum(unpriced_tokens), 0) as unpriced_tokens, coalesce(sum(estimated_tokens), 0) as estimated_tokens,
            coalesce(sum(latency_ms), 0) as latency_ms, coalesce(sum(timed_calls), 0) as timed_calls
            """;

    /** Reads a row of {@link #SUMS}. */
    public static UsageTotals read(Row row) throws SQLException {
        return new UsageTotals(
                row.bigint("calls"),
                row.bigint("failed"),
                row.bigint("input_tokens"),
                row.bigint("output_tokens"),
                row.bigint("cache_read_tokens"),
                row.bigint("cache_write_tokens"),
                row.bigint("reasoning_tokens"),
                new BigInteger(row.text("reported_nanos")),
                new BigInteger(row.text("computed_nanos")),
                new BigInteger(row.text("estimated_nanos")),
                row.bigint("unpriced_tokens"),
                row.bigint("estimated_tokens"),
                row.bigint("latency_ms"),
                row.bigint("timed_calls"));
    }

    /** Every token once: input, output, cache reads and cache writes. */
    @JsonProperty
    public long tokens() {
        return inputTokens + outputTokens + cacheReadTokens + cacheWriteTokens;
    }

    /** All cost together, in billionths of a US dollar. */
    @JsonProperty
    public BigInteger costNanos() {
        return reportedNanos.add(computedNanos).add(estimatedNanos);
    }

    /** All cost together, in US dollars. */
    public BigDecimal cost() {
        return new BigDecimal(costNanos(), 9);
    }

    public UsageTotals plus(UsageTotals other) {
        return new UsageTotals(
                calls + other.calls,
                failed + other.failed,
                inputTokens + other.inputTokens,
                outputTokens + other.outputTokens,
                cacheReadTokens + other.cacheReadTokens,
                cacheWriteTokens + other.cacheWriteTokens,
                reasoningTokens + other.reasoningTokens,
                reportedNanos.add(other.reportedNanos),
                computedNanos.add(other.computedNanos),
                estimatedNanos.add(other.estimatedNanos),
                unpricedTokens + other.unpricedTokens,
                estimatedTokens + other.estimatedTokens,
                latencyMillis + other.latencyMillis,
                timedCalls + other.timedCalls);
    }

    /** Whether anything of it is less than nothing. */
    boolean takesBack() {
        return calls < 0
                || inputTokens < 0
                || outputTokens < 0
                || cacheReadTokens < 0
                || cacheWriteTokens < 0
                || reasoningTokens < 0
                || reportedNanos.signum() < 0
                || computedNanos.signum() < 0
                || estimatedNanos.signum() < 0;
    }

    /** What takes this back. */
    UsageTotals negated() {
        return new UsageTotals(
                -calls,
                -failed,
                -inputTokens,
                -outputTokens,
                -cacheReadTokens,
                -cacheWriteTokens,
                -reasoningTokens,
                reportedNanos.negate(),
                computedNanos.negate(),
                estimatedNanos.negate(),
                -unpricedTokens,
                -estimatedTokens,
                -latencyMillis,
                -timedCalls);
    }
}
