package dev.covibe.coordination.claims;

import dev.covibe.identity.Caller;
import java.util.Optional;
import java.util.UUID;

/**
 * Somebody claimed in spite of another's claim. Observed within the transaction of the override; the holder must be told.
 *
 * @param caller who overrode
 * @param holderId the developer whose claim was overridden
 * @param holderSession the session that holds it, where one does
 * @param held the claim that was in the way; it stands on, beside the new one
 * @param by the claim that overrode it
 */
public record ClaimOverridden(
        Caller caller, UUID holderId, Optional<UUID> holderSession, ClaimView held, ClaimView by, String reason) {}
