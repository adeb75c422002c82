package dev.covibe.insight.performance;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Orders the same few by one figure after another.
 *
 * @param owner by whom, and then by whose name, those with the same figure stand
 */
record Leaderboards<T>(List<T> all, Function<T, String> name, Function<T, String> owner) {

    private static final int MOST_PLACES = 5;

    /**
     * @param rule who is in it, in words
     * @param order the least first
     */
    AgentsReport.Board by(
            String key,
            String title,
            String rule,
            Predicate<T> who,
            Function<T, Double> order,
            Function<T, String> value,
            Function<T, String> note) {
        return new AgentsReport.Board(
                key,
                title,
                rule,
                all.stream()
                        .filter(who)
                        .sorted(Comparator.comparing(order).thenComparing(owner).thenComparing(name))
                        .limit(MOST_PLACES)
                        .map(one -> new AgentsReport.Place(
                                name.apply(one), owner.apply(one), value.apply(one), note.apply(one)))
                        .toList());
    }
}
