package dev.covibe.insight.facts;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A figure of a day, a developer, a model: of whatever was asked for.
 *
 * @param day empty when days were not asked for
 * @param keys of the dimensions that were asked for, in their order; an empty one is the unattributed bucket
 */
public record Fact<T>(Optional<LocalDate> day, List<Optional<String>> keys, T figures) {

    /** Of the first dimension; empty for what cannot be attributed. */
    public Optional<String> key() {
        return keys.isEmpty() ? Optional.empty() : keys.getFirst();
    }
}
