package dev.covibe.agents.prices;

/**
 * The tokens of one call. All are 0 or more.
 *
 * @param input without what was read from or written to a cache
 * @param output with the reasoning tokens
 * @param reasoning a part of the output, for information alone: it has no price of its own
 */
public record TokenCounts(long input, long output, long cacheRead, long cacheWrite, long reasoning) {

    public TokenCounts {
        if (input < 0 || output < 0 || cacheRead < 0 || cacheWrite < 0 || reasoning < 0) {
            throw new IllegalArgumentException("Nobody uses fewer than no tokens.");
        }
    }
}
