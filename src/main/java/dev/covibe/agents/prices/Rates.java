package dev.covibe.agents.prices;

/**
 * What a million tokens of each class cost, in billionths of a US dollar: {@code $3.00} is 3,000,000,000. From 0 to
 * {@link #MOST}.
 */
public record Rates(long input, long output, long cacheRead, long cacheWrite) {

    /** $2,000 for a million tokens: above any price that is not a slip, and no call that is taken in overflows with it. */
    public static final long MOST = 2_000_000_000_000L;

    private static final long TOKENS = 1_000_000;

    public Rates {
        for (long rate : new long[] {input, output, cacheRead, cacheWrite}) {
            if (rate < 0 || rate > MOST) {
                throw new IllegalArgumentException("A rate lies between 0 and " + MOST + ", not at " + rate + ".");
            }
        }
    }

    /** Exact but for one rounding at the end, half up to a billionth of a dollar. */
    long nanos(TokenCounts counts) {
        long whole = 0;
        long parts = 0;
        long[] rates = {input, output, cacheRead, cacheWrite};
        long[] tokens = {counts.input(), counts.output(), counts.cacheRead(), counts.cacheWrite()};
        for (int i = 0; i < rates.length; i++) {
            whole = Math.addExact(whole, Math.multiplyExact(tokens[i], rates[i] / TOKENS));
            parts = Math.addExact(parts, Math.multiplyExact(tokens[i], rates[i] % TOKENS));
        }
        return Math.addExact(whole, (parts + TOKENS / 2) / TOKENS);
    }
}
