package dev.covibe.overlap;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A piece of work that looks like the draft.
 *
 * @param id of the subject
 * @param owner handle
 * @param score in [0,1]
 * @param escalates whether it must be confirmed before the draft may be planned (OVL-3)
 * @param signals why, the hardest kind first (OVL-2)
 */
public record Candidate(
        UUID id,
        String key,
        String title,
        String status,
        Optional<UUID> ownerId,
        Optional<String> owner,
        double score,
        boolean escalates,
        List<Signal> signals) {}
