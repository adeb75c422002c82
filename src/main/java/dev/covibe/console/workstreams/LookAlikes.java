package dev.covibe.console.workstreams;

import dev.covibe.console.frame.People;
import dev.covibe.overlap.Candidate;
import dev.covibe.overlap.OverlapReport;
import dev.covibe.overlap.Signal;
import dev.covibe.work.TaskStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Turns what the overlap check found into the cards beside the form. */
final class LookAlikes {

    private static final int SHOWN = 5;

    /** Below this a likeness is a word or two in common: noise to somebody who is typing. */
    private static final double WORTH_SHOWING = 0.2;

    private LookAlikes() {}

    static CandidatesView found(OverlapReport report, People people) {
        return new CandidatesView(true, false, cards(report, people, Set.of()), "", "");
    }

    /** The same after a plan was refused because of them; what the reader had confirmed and written stays. */
    static CandidatesView refused(
            OverlapReport report, People people, Set<UUID> confirmed, String reason, String reasonError) {
        return new CandidatesView(true, true, cards(report, people, confirmed), reason, reasonError);
    }

    /** Those that need a confirmation are always shown, the others up to a handful. */
    private static List<LookAlike> cards(OverlapReport report, People people, Set<UUID> confirmed) {
        Stream<Candidate> escalating = report.candidates().stream().filter(Candidate::escalates);
        Stream<Candidate> others = report.candidates().stream()
                .filter(candidate -> !candidate.escalates() && candidate.score() >= WORTH_SHOWING)
                .limit(SHOWN);
        return Stream.concat(escalating, others)
                .map(candidate -> card(candidate, people, confirmed.contains(candidate.id())))
                .toList();
    }

    private static LookAlike card(Candidate candidate, People people, boolean confirmed) {
        int percent = (int) Math.round(Math.clamp(candidate.score(), 0, 1) * 100);
        return new LookAlike(
                candidate.id().toString(),
                candidate.key(),
                candidate.title(),
                switch (candidate.kind()) {
                    case TASK -> "/workstreams/tasks/" + candidate.key();
                    case WORKSTREAM -> "/workstreams/" + candidate.key();
                    case CLAIM -> "/coordination";
                },
                candidate.status().equals("active") ? TaskStatus.IN_PROGRESS.key() : candidate.status(),
                word(candidate.status()),
                people.who(candidate.owner(), Optional.empty()),
                String.format(Locale.ENGLISH, "%.2f", percent / 100.0),
                percent,
                candidate.escalates(),
                confirmed,
                candidate.signals().stream().map(LookAlikes::signal).toList());
    }

    private static String word(String status) {
        String spaced = status.replace('_', ' ');
        return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
    }

    private static LookAlike.Signal signal(Signal signal) {
        boolean hard = signal.kind() == Signal.Kind.SAME_REFERENCE || signal.kind() == Signal.Kind.ACTIVE_CLAIM;
        return new LookAlike.Signal(icon(signal.kind()), signal.text(), hard);
    }

    private static String icon(Signal.Kind kind) {
        return switch (kind) {
            case ACTIVE_CLAIM -> "key";
            case SAME_REFERENCE -> "hash";
            case SAME_WORDS -> "words";
            case SAME_PATHS -> "folder";
            case SAME_BRANCH -> "branch";
            case SAME_OWNER -> "person";
            case RECENTLY_DONE -> "clock";
        };
    }
}
