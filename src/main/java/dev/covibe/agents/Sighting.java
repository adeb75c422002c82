package dev.covibe.agents;

import dev.covibe.identity.AgentType;
import java.time.Instant;
import java.util.Optional;

/**
 * A session as telemetry or a hook saw it: by the vendor's own id, over some time.
 *
 * @param first the earliest sign of it in what arrived
 * @param last the latest sign
 * @param begins whether the agent says that it begins or goes on now, so that an ended session is open again
 * @param repository the remote in any spelling
 * @param parent the vendor's id of the session that started this one (a sub-agent or a fork)
 */
public record Sighting(
        Name name,
        StartedBy by,
        Instant first,
        Instant last,
        boolean begins,
        Optional<String> version,
        Optional<String> model,
        Optional<String> repository,
        Optional<String> branch,
        Optional<String> worktree,
        Optional<String> parent) {

    /** What a vendor calls a session. */
    public record Name(AgentType agent, String externalId) {}

    /** No more than that it was there. */
    public static Sighting of(Name name, StartedBy by, Instant at) {
        return new Sighting(
                name,
                by,
                at,
                at,
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Both together; what the later one says wins. */
    public Sighting and(Sighting other) {
        return new Sighting(
                name,
                by.compareTo(other.by) <= 0 ? by : other.by,
                first.isBefore(other.first) ? first : other.first,
                last.isAfter(other.last) ? last : other.last,
                begins || other.begins,
                other.version.or(() -> version),
                other.model.or(() -> model),
                other.repository.or(() -> repository),
                other.branch.or(() -> branch),
                other.worktree.or(() -> worktree),
                other.parent.or(() -> parent));
    }
}
