package dev.covibe.agents.prices;

import java.util.UUID;

/**
 * What a call cost.
 *
 * @param nanos billionths of a US dollar: an integer, so that sums are exact
 * @param price the {@link Price} that it was computed with
 */
public record Cost(long nanos, UUID price) {}
