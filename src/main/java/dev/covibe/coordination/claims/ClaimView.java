package dev.covibe.coordination.claims;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.covibe.work.ItemRef;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A claim as it reads from outside.
 *
 * @param developer handle of the person who holds it, or whose agent does
 * @param session that holds it; absent when a person does
 * @param agent kind of agent that holds it; absent for a person
 * @param repository normalised; absent when a task is claimed
 * @param path a glob, relative to the repository's root; absent when a task is claimed
 * @param task that is claimed, or what the holder works on
 * @param reason why, in the holder's words
 * @param expiresAt when it lapses without another sign of life; sooner when the session ends or goes stale
 * @param overrides claims of others that it overrode
 * @param overrideReason why it did
 * @param overriddenBy handle of who overrode it
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ClaimView(
        UUID id,
        String developer,
        Optional<UUID> session,
        Optional<String> agent,
        Optional<String> repository,
        Optional<String> path,
        Optional<ItemRef> task,
        ClaimMode mode,
        Optional<String> reason,
        Instant claimedAt,
        Instant expiresAt,
        List<UUID> overrides,
        Optional<String> overrideReason,
        Optional<String> overriddenBy) {

    public ClaimView {
        // Left out of what is sent when it is empty, so it may be missing in what is read back.
        overrides = overrides == null ? List.of() : List.copyOf(overrides);
    }

    /** What is claimed: the path, or the key of the task. */
    public String target() {
        return path.or(() -> task.map(ItemRef::key)).orElse("");
    }

    /** {@code @lin / codex}. */
    public String holder() {
        return "@" + developer + agent.map(kind -> " / " + kind).orElse("");
    }
}
