package dev.covibe.overlap;

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

    static OverlapReport of(List<Candidate> candidates) {
        return new OverlapReport(candidates.stream().anyMatch(Candidate::escalates), candidates);
    }
}
