package dev.covibe.agents.usage;

import dev.covibe.agents.prices.TokenCounts;

/**
 * What one reported item says was used.
 *
 * @param calls 1 for a call; 0 for a metric, which tells tokens without telling calls
 * @param input without cache reads and writes; below zero only for a metric that takes cached tokens out of the input
 * @param output with reasoning
 */
public record Amounts(int calls, int failed, long input, long output, long cacheRead, long cacheWrite, long reasoning) {

    public static final Amounts NONE = new Amounts(0, 0, 0, 0, 0, 0, 0);

    public static Amounts call(long input, long output, long cacheRead, long cacheWrite, long reasoning) {
        return new Amounts(1, 0, input, output, cacheRead, cacheWrite, reasoning);
    }

    public static Amounts failedCall() {
        return new Amounts(1, 1, 0, 0, 0, 0, 0);
    }

    long tokens() {
        return input + output + cacheRead + cacheWrite;
    }

    /** What adds to the bill. */
    TokenCounts added() {
        return new TokenCounts(
                Math.max(input, 0), Math.max(output, 0), Math.max(cacheRead, 0), Math.max(cacheWrite, 0), 0);
    }

    /** What comes off it: tokens that another item counted in the wrong class. */
    TokenCounts removed() {
        return new TokenCounts(
                Math.max(-input, 0), Math.max(-output, 0), Math.max(-cacheRead, 0), Math.max(-cacheWrite, 0), 0);
    }

    boolean removesSomething() {
        return input < 0 || output < 0 || cacheRead < 0 || cacheWrite < 0;
    }
}
