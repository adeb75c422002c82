package dev.covibe.overlap;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A footprint read and weighed, ready to be compared.
 *
 * @param planner whose work it would be
 * @param words its terms as a person wrote them
 * @param statistics of the workspace in which it is compared
 */
record Asked(UUID self, Optional<UUID> planner, Map<Integer, String> words, Compared draft, Statistics statistics) {

    static Asked of(Footprint footprint, Reading reading, Optional<UUID> planner, Statistics statistics) {
        Compared compared = new Compared(
                new Weighed(reading.profile(), statistics),
                footprint.paths(),
                footprint.repository(),
                footprint.branch(),
                References.of(
                        footprint.title(), footprint.description(), footprint.references(), footprint.repository()));
        return new Asked(footprint.subject().id(), planner, reading.shown(), compared, statistics);
    }

    static Asked of(Footprint footprint, Statistics statistics) {
        return of(footprint, Reading.of(footprint.title(), footprint.description()), footprint.owner(), statistics);
    }

    Map<Integer, Double> wanted() {
        return Query.wanted(draft, statistics);
    }

    Map<Integer, Integer> posted() {
        return Query.posted(draft, statistics);
    }

    Scoring.Verdict judge(Compared other, Scoring.Standing standing) {
        return Scoring.judge(draft, planner, words, other, standing, statistics.highestRarity());
    }
}
