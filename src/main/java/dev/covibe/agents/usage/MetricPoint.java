package dev.covibe.agents.usage;

import dev.covibe.agents.usage.UsageItem.GivenCost;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One point of a vendor's metric.
 *
 * @param series the same for all points of one counter: metric, session, model and class of tokens
 * @param start since when the counter counts; a reset begins a new one
 * @param value what was added since the point before (delta) or since the start (cumulative)
 * @param priced whether the price book says what the tokens cost; else another metric of the vendor does
 */
public record MetricPoint(
        int index,
        UUID series,
        UsageItem.Sitting sitting,
        Instant start,
        Instant at,
        boolean cumulative,
        BigDecimal value,
        Measure measure,
        String provider,
        String model,
        boolean priced) {

    /** What a metric counts. */
    public enum Measure {
        INPUT,
        OUTPUT,
        CACHE_READ,
        CACHE_WRITE,
        /** Cache reads that the vendor has counted in its input, too. */
        CACHE_READ_WITHIN_INPUT,
        /** Cache writes that the vendor has counted in its input, too. */
        CACHE_WRITE_WITHIN_INPUT,
        /** Reasoning that the vendor has counted in its output, too. */
        REASONING_WITHIN_OUTPUT,
        /** Reasoning beside the output. */
        REASONING,
        /** US dollars. */
        COST;

        private Amounts amounts(long tokens) {
            return switch (this) {
                case INPUT -> new Amounts(0, 0, tokens, 0, 0, 0, 0);
                case OUTPUT -> new Amounts(0, 0, 0, tokens, 0, 0, 0);
                case CACHE_READ -> new Amounts(0, 0, 0, 0, tokens, 0, 0);
                case CACHE_WRITE -> new Amounts(0, 0, 0, 0, 0, tokens, 0);
                case CACHE_READ_WITHIN_INPUT -> new Amounts(0, 0, -tokens, 0, tokens, 0, 0);
                case CACHE_WRITE_WITHIN_INPUT -> new Amounts(0, 0, -tokens, 0, 0, tokens, 0);
                case REASONING_WITHIN_OUTPUT -> new Amounts(0, 0, 0, 0, 0, 0, tokens);
                case REASONING -> new Amounts(0, 0, 0, tokens, 0, 0, tokens);
                case COST -> Amounts.NONE;
            };
        }
    }

    /** The same point of a counter that counts this much more. */
    public MetricPoint plus(BigDecimal more) {
        return new MetricPoint(
                index, series, sitting, start, at, cumulative, value.add(more), measure, provider, model, priced);
    }

    /** The use that an increment of the counter means, at the time of this point. */
    UsageItem item(UUID key, BigDecimal increment) {
        GivenCost cost =
                switch (measure) {
                    case COST -> new GivenCost.Reported(nanos(increment));
                    case INPUT,
                            OUTPUT,
                            CACHE_READ,
                            CACHE_WRITE,
                            CACHE_READ_WITHIN_INPUT,
                            CACHE_WRITE_WITHIN_INPUT,
                            REASONING_WITHIN_OUTPUT,
                            REASONING -> priced ? UsageItem.UNKNOWN_COST : UsageItem.COST_ELSEWHERE;
                };
        return new UsageItem(
                index,
                key,
                UsageSource.OTLP_METRIC,
                sitting,
                at,
                provider,
                model,
                measure.amounts(increment.setScale(0, RoundingMode.HALF_UP).longValue()),
                cost,
                Optional.empty(),
                Optional.empty());
    }

    /** A delta is the same point when counter, start and time are. */
    UUID key() {
        return Keys.of("metric", series.toString(), start.toString(), at.toString());
    }

    /** Billionths of a US dollar. */
    public static long nanos(BigDecimal dollars) {
        return dollars.movePointRight(9).setScale(0, RoundingMode.HALF_UP).longValue();
    }
}
