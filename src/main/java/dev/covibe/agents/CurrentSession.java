package dev.covibe.agents;

import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The open session that a call belongs to.
 *
 * @param repository where the agent is, normalised; empty while only its telemetry was seen
 * @param task key of what it works on
 */
public record CurrentSession(
        UUID id, AgentType agent, Optional<String> repository, Instant lastSeenAt, Optional<String> task) {

    /** The caller, acting in this session. */
    public Caller of(Caller caller) {
        return caller.in(new Caller.Session(id, agent.key()));
    }
}
