package dev.covibe.overlap;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * "I know these, and I mean it": the candidates that a planner has seen, by id, and why the work is planned all the same
 * (OVL-3). A candidate that is not named here has not been confirmed; without a reason nothing has.
 */
public record Confirmation(List<UUID> candidates, Optional<String> reason) {

    /** Nothing was confirmed yet. */
    public static final Confirmation NONE = new Confirmation(List.of(), Optional.empty());

    public Confirmation {
        candidates = List.copyOf(candidates);
        reason = reason.map(String::strip).filter(text -> !text.isEmpty());
    }
}
