package dev.covibe.insight.facts;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

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

    /**
     * The same figures told apart by fewer dimensions, without reading them again.
     *
     * @param kept places of the dimensions that stay, in their new order; none for one figure of everything
     */
    public static <T> List<Fact<T>> folded(List<Fact<T>> facts, BinaryOperator<T> plus, int... kept) {
        Map<List<Optional<String>>, T> sums = new LinkedHashMap<>();
        facts.forEach(fact ->
                sums.merge(Arrays.stream(kept).mapToObj(fact.keys()::get).toList(), fact.figures(), plus));
        return sums.entrySet().stream()
                .map(sum -> new Fact<>(Optional.empty(), sum.getKey(), sum.getValue()))
                .toList();
    }
}
