package dev.covibe.overlap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Judges one candidate: deterministic, without a model, every part of the score explained (OVL-2).
 *
 * <p>Words give the ground score; each harder sign removes a share of what is missing to 1, so that signs add up and never
 * exceed it.
 */
final class Scoring {

    /** Sameness of texts from which a plan is not made without a confirmation. docs/engineering/overlap-precision.md */
    static final double THRESHOLD = 0.84;

    /** The same for texts that are moderately alike but touch the same files or branch. */
    private static final double THRESHOLD_ON_SAME_GROUND = 0.60;

    private static final double REFERENCE = 0.5;
    private static final double CLAIM = 0.5;
    private static final double PATHS = 0.25;
    private static final double BRANCH = 0.3;
    private static final double OWNER = 0.1;
    private static final int TOLD_WORDS = 6;
    private static final int TOLD_PATHS = 3;

    /** What is known of a candidate besides what it says and touches. */
    record Standing(boolean inProgress, boolean closed, Optional<UUID> owner, Optional<String> handle) {}

    record Verdict(double score, boolean escalates, List<Signal> signals) {

        /** The same when somebody else's active claim is in the way: never without a confirmation (OVL-3). */
        Verdict claimed(String words) {
            double gain = (1 - score) * CLAIM;
            List<Signal> all = new ArrayList<>();
            all.add(new Signal(Signal.Kind.ACTIVE_CLAIM, words, gain));
            all.addAll(signals);
            return new Verdict(score + gain, true, List.copyOf(all));
        }
    }

    private Scoring() {}

    static Verdict judge(
            Compared draft,
            Optional<UUID> planner,
            Map<Integer, String> words,
            Compared other,
            Standing standing,
            double highestRarity) {
        Likeness likeness = Likeness.of(draft.text(), other.text(), highestRarity);
        List<Signal> signals = new ArrayList<>();
        double score = likeness.score();

        List<String> references =
                draft.references().stream().filter(other.references()::contains).toList();
        if (!references.isEmpty()) {
            double gain = (1 - score) * REFERENCE;
            score += gain;
            signals.add(
                    new Signal(Signal.Kind.SAME_REFERENCE, "same reference " + String.join(", ", references), gain));
        }
        if (!likeness.shared().isEmpty()) {
            signals.add(new Signal(Signal.Kind.SAME_WORDS, "same words" + told(likeness, words), likeness.score()));
        }
        List<String> paths = samePaths(draft, other);
        if (!paths.isEmpty()) {
            double gain = (1 - score) * PATHS;
            score += gain;
            signals.add(new Signal(Signal.Kind.SAME_PATHS, "same paths: " + toldPaths(paths), gain));
        }
        boolean sameBranch =
                draft.branchTerm().isPresent() && draft.branchTerm().equals(other.branchTerm());
        if (sameBranch) {
            double gain = (1 - score) * BRANCH;
            score += gain;
            signals.add(new Signal(
                    Signal.Kind.SAME_BRANCH, "same branch " + draft.branch().orElseThrow(), gain));
        }
        boolean sameOwner = planner.isPresent() && planner.equals(standing.owner());
        if (sameOwner) {
            double loss = score * OWNER;
            score -= loss;
            String name = standing.handle().map(handle -> " @" + handle).orElse("");
            signals.add(new Signal(Signal.Kind.SAME_OWNER, "same owner" + name, -loss));
        }
        if (standing.closed()) {
            signals.add(new Signal(Signal.Kind.RECENTLY_DONE, "recently done", 0));
        }

        double needed = paths.isEmpty() && !sameBranch ? THRESHOLD : THRESHOLD_ON_SAME_GROUND;
        boolean alike = likeness.sameness() * (sameOwner ? 1 - OWNER : 1) >= needed;
        boolean taken = !references.isEmpty()
                && standing.inProgress()
                && standing.owner().isPresent()
                && !sameOwner;
        return new Verdict(score, alike || taken, List.copyOf(signals));
    }

    private static String told(Likeness likeness, Map<Integer, String> words) {
        List<String> told = likeness.shared().stream()
                .map(words::get)
                .filter(Objects::nonNull)
                .distinct()
                .limit(TOLD_WORDS)
                .toList();
        return told.isEmpty() ? "" : ": " + String.join(", ", told);
    }

    private static List<String> samePaths(Compared draft, Compared other) {
        boolean elsewhere = draft.repository().isPresent()
                && other.repository().isPresent()
                && !draft.repository().equals(other.repository());
        if (elsewhere) {
            return List.of();
        }
        List<Globs.Ground> theirs = other.paths().stream().map(Globs::ground).toList();
        return draft.paths().stream()
                .filter(path -> {
                    Globs.Ground ground = Globs.ground(path);
                    return theirs.stream().anyMatch(ground::meets);
                })
                .toList();
    }

    static String toldPaths(List<String> paths) {
        String told = String.join(", ", paths.subList(0, Math.min(TOLD_PATHS, paths.size())));
        return paths.size() > TOLD_PATHS ? told + " and " + (paths.size() - TOLD_PATHS) + " more" : told;
    }
}
