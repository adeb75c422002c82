package dev.covibe.agents;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.covibe.identity.AgentType;
import dev.covibe.work.ItemRef;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A session as it reads from outside.
 *
 * @param developer handle of the person whom the agent works for
 * @param repository normalised, such as {@code github.com/acme/web}; empty while only its telemetry was seen,
 *     {@value PRIVATE} where its developer keeps it from the reader
 * @param startedBy what told of it first
 * @param externalId the vendor's own session id, where its telemetry or hooks told it
 * @param task what it works on, or last worked on
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record SessionView(
        UUID id,
        String developer,
        AgentType agent,
        String agentName,
        Optional<String> agentVersion,
        Optional<String> model,
        Optional<String> repository,
        Optional<String> branch,
        Optional<String> worktree,
        Optional<ItemRef> task,
        Optional<UUID> parent,
        SessionState state,
        StartedBy startedBy,
        Optional<String> externalId,
        Instant startedAt,
        Instant lastSeenAt,
        Optional<Instant> endedAt,
        Optional<String> endedBy,
        Optional<SessionOutcome> outcome,
        Optional<String> summary) {

    /** What stands where a teammate keeps a repository private. */
    public static final String PRIVATE = "@private";

    /** The same session for those who may not know where it is. */
    SessionView withoutItsPlace() {
        return new SessionView(
                id,
                developer,
                agent,
                agentName,
                agentVersion,
                model,
                Optional.of(PRIVATE),
                Optional.empty(),
                Optional.empty(),
                task,
                parent,
                state,
                startedBy,
                externalId,
                startedAt,
                lastSeenAt,
                endedAt,
                endedBy,
                outcome,
                summary);
    }
}
