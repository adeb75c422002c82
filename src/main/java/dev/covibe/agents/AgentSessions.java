package dev.covibe.agents;

import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Loads and saves sessions. */
@ApplicationScoped
class AgentSessions implements PanacheRepositoryBase<AgentSession, UUID> {

    /**
     * The developer's own session, locked. Another developer's is not found: nobody speaks in another's name.
     *
     * @throws Refusal.NotFound {@code session.unknown}
     */
    AgentSession locked(Caller caller, UUID id) {
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE)
                .filter(session -> session.developerId.equals(caller.developerId()))
                .orElseThrow(() -> unknown(id));
    }

    /** The open session that the same client opened at the same place, if it did: asking twice opens no second one. */
    Optional<AgentSession> same(Caller caller, AgentSession draft) {
        if (draft.mcpSession == null) {
            return Optional.empty();
        }
        return find(
                        """
                        workspaceId = ?1 and tokenId = ?2 and mcpSession = ?3 and endedAt is null and repository = ?4
                        and branch is not distinct from ?5 and worktree is not distinct from ?6
                        order by lastSeenAt desc""",
                        caller.workspaceId(),
                        draft.tokenId,
                        draft.mcpSession,
                        draft.repository,
                        draft.branch,
                        draft.worktree)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .firstResultOptional();
    }

    /**
     * The session that the agent's telemetry or hooks already opened, when it can only be this one: the same token and
     * agent, alive, not yet known to any client, in no other repository.
     */
    Optional<AgentSession> announced(Caller caller, AgentSession draft, Instant aliveSince) {
        List<AgentSession> announced = find(
                        """
                        workspaceId = ?1 and tokenId = ?2 and agentType = ?3 and mcpSession is null and endedAt is null
                        and externalId is not null and startedBy <> ?4 and lastSeenAt > ?5
                        and (repository is null or repository = ?6)""",
                        caller.workspaceId(),
                        draft.tokenId,
                        draft.agentType,
                        StartedBy.MCP,
                        aliveSince,
                        draft.repository)
                .withLock(LockModeType.PESSIMISTIC_WRITE)
                .page(0, 2)
                .list();
        return announced.size() == 1 ? Optional.of(announced.getFirst()) : Optional.empty();
    }

    static Refusal unknown(UUID id) {
        return Refusal.notFound("session.unknown", "You have no session " + id + " in this workspace.");
    }
}
