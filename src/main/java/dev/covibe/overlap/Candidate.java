package dev.covibe.overlap;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A piece of work that looks like the draft.
 *
 * @param id of the subject; of a claim that is held for no piece of work, the claim's
 * @param key {@code WEB-12}; of such a claim the word {@code claim}
 * @param title of such a claim, what is held
 * @param owner handle
 * @param score in [0,1]
 * @param escalates whether it must be confirmed before the draft may be planned (OVL-3)
 * @param signals why, the hardest kind first (OVL-2)
 */
public record Candidate(
        Subject.Kind kind,
        UUID id,
        String key,
        String title,
        String status,
        Optional<UUID> ownerId,
        Optional<String> owner,
        double score,
        boolean escalates,
        List<Signal> signals) {

    Candidate judged(Scoring.Verdict verdict) {
        return new Candidate(
                kind, id, key, title, status, ownerId, owner, verdict.score(), verdict.escalates(), verdict.signals());
    }

    Scoring.Verdict verdict() {
        return new Scoring.Verdict(score, escalates, signals);
    }
}
