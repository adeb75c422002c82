package dev.covibe.agents;

import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
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

    static Refusal unknown(UUID id) {
        return Refusal.notFound("session.unknown", "You have no session " + id + " in this workspace.");
    }
}
