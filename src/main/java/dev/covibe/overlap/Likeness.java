package dev.covibe.overlap;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How alike two texts are.
 *
 * @param score in [0,1], for ranking: how far each title is covered by the other text, how much of the smaller text is
 *     in the larger one, and the angle between both
 * @param sameness in [0,1], for deciding whether to ask: titles covered both ways and the angle, without regard to
 *     length, and damped where there is too little evidence for a judgement
 * @param shared terms that both have, the most telling first
 */
record Likeness(double score, double sameness, List<Integer> shared) {

    /** Shared weight, in multiples of the rarest word, below which "the smaller is contained" means little. */
    private static final double CONTAINMENT_EVIDENCE = 3.5;

    /** Title coverage that is not yet believed, in multiples of the rarest word. */
    private static final double COVERAGE_EVIDENCE = 0.5;

    /** Rarity that shared title words need for a judgement on titles, in multiples of the rarest word. */
    private static final double SAMENESS_EVIDENCE = 0.1;

    /**
     * Words of a description from which it is heard in full. A plan is often no more than its title: against one that
     * says little else, the titles alone must decide, or a duplicate would hide behind the other's description.
     */
    private static final double FULL_DESCRIPTION = 3;

    static Likeness of(Weighed one, Weighed other, double highestRarity) {
        double product = 0;
        double common = 0;
        double oneCovered = 0;
        double otherCovered = 0;
        double[] telling = new double[Math.min(one.size(), other.size())];
        int[] terms = new int[telling.length];
        int shared = 0;
        int i = 0;
        int j = 0;
        while (i < one.size() && j < other.size()) {
            if (one.term(i) < other.term(j)) {
                i++;
            } else if (one.term(i) > other.term(j)) {
                j++;
            } else {
                product += one.weight(i) * other.weight(j);
                common += Math.min(one.weight(i), other.weight(j));
                oneCovered += one.rarity(i) * one.title(i);
                otherCovered += other.rarity(j) * other.title(j);
                terms[shared] = one.term(i);
                telling[shared++] = one.weight(i) * other.weight(j);
                i++;
                j++;
            }
        }
        double angle = ratio(product, one.norm() * other.norm());
        double coverage = COVERAGE_EVIDENCE * highestRarity;
        double covered =
                (ratio(oneCovered, one.titleSum() + coverage) + ratio(otherCovered, other.titleSum() + coverage)) / 2;
        double contained = common / (Math.min(one.sum(), other.sum()) + CONTAINMENT_EVIDENCE * highestRarity);
        double titles = (ratio(oneCovered, one.titleSum()) + ratio(otherCovered, other.titleSum())) / 2;
        double evidence = Math.min(oneCovered, otherCovered);
        double said = Math.min(1, Math.min(one.bodyLength(), other.bodyLength()) / FULL_DESCRIPTION);
        double agreement = said * angle + (1 - said) * Math.max(angle, titles);
        double sameness = (titles + agreement) / 2 * ratio(evidence, evidence + SAMENESS_EVIDENCE * highestRarity);
        double score = (2 * covered + 3 * contained + angle) / 6;
        List<Integer> best = IntStream.range(0, shared)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer at) -> -telling[at]).thenComparing(at -> terms[at]))
                .map(at -> terms[at])
                .toList();
        return new Likeness(score, sameness, best);
    }

    private static double ratio(double part, double whole) {
        return whole <= 0 ? 0 : Math.min(1, part / whole);
    }
}
