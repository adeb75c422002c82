package dev.covibe.overlap;

import java.util.Comparator;
import java.util.List;

/**
 * The answer of a check.
 *
 * @param escalates whether a plan needs a confirmation (OVL-3)
 * @param candidates at most twenty, the best first
 */
public record OverlapReport(boolean escalates, List<Candidate> candidates) {

    /** More than a person reads. */
    static final int MOST = 20;

    public OverlapReport {
        candidates = List.copyOf(candidates);
    }

    /** Of more candidates than anybody reads those that need a confirmation are told before the others. */
    static OverlapReport of(List<Candidate> candidates) {
        List<Candidate> told = candidates.stream()
                .sorted(Comparator.comparing(Candidate::escalates)
                        .thenComparing(Candidate::score)
                        .thenComparing(Candidate::id)
                        .reversed())
                .limit(MOST)
                .sorted(Comparator.comparing(Candidate::score)
                        .thenComparing(Candidate::id)
                        .reversed())
                .toList();
        return new OverlapReport(told.stream().anyMatch(Candidate::escalates), told);
    }
}
