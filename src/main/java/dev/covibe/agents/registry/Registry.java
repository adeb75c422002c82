package dev.covibe.agents.registry;

import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Developers;
import dev.covibe.identity.Role;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** The registry of managed agents (AGT-7): they are known from their first session on, or written down by hand before. */
@ApplicationScoped
public class Registry {

    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_PURPOSE = 2_000;

    private final Transactions transactions;
    private final Sql sql;
    private final AgentQueries queries;
    private final Developers developers;
    private final Clock clock;

    Registry(Transactions transactions, Sql sql, AgentQueries queries, Developers developers, Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.queries = queries;
        this.developers = developers;
        this.clock = clock;
    }

    /**
     * Writes an agent down before its first session.
     *
     * @param owner whom it works for, by handle; the caller when empty
     * @throws Refusal.Invalid when a field is wrong or the owner is no member
     * @throws Refusal.Forbidden {@code agent.not-yours} when the owner is somebody else and the caller no admin
     * @throws Refusal.Conflict {@code agent.known}
     */
    public AgentView add(Caller caller, Optional<String> owner, AgentType type, String name, String purpose) {
        String wanted = name.strip();
        if (wanted.isEmpty() || wanted.length() > LONGEST_NAME || wanted.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalidField("/name", "An agent has a name of 1 to " + LONGEST_NAME + " characters.");
        }
        String said = purpose(purpose);
        UUID ownerId = owner.map(
                        handle -> developers.named(caller, handle, "/owner").id())
                .orElse(caller.developerId());
        mayChange(caller, ownerId);
        return transactions.in(caller.place(), () -> {
            UUID id = Ids.next();
            int made = sql.update(
                    """
                    insert into managed_agents (id, workspace_id, owner_id, agent_type, name, purpose, created_at, updated_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict on constraint managed_agents_known_once do nothing
                    """, id, caller.workspaceId(), ownerId, type.key(), wanted, said, clock.instant(), clock.instant());
            if (made == 0) {
                throw Refusal.conflict("agent.known", "This agent is in the registry already.");
            }
            return queries.get(caller, id, AgentQueries.DAYS);
        });
    }

    /**
     * Changes what is said of an agent; absent fields stay.
     *
     * @throws Refusal.NotFound {@code agent.unknown}
     * @throws Refusal.Forbidden {@code agent.not-yours}
     */
    public AgentView edit(Caller caller, UUID id, Optional<String> purpose, Optional<AgentStatus> status) {
        Optional<String> said = purpose.map(Registry::purpose);
        return transactions.in(caller.place(), () -> {
            UUID ownerId = sql.first(
                            "select owner_id from managed_agents where workspace_id = ? and id = ? for update",
                            row -> row.uuid("owner_id"),
                            caller.workspaceId(),
                            id)
                    .orElseThrow(() -> Refusal.notFound("agent.unknown", "There is no such agent in this workspace."));
            mayChange(caller, ownerId);
            sql.update("""
                    update managed_agents set purpose = coalesce(?::text, purpose), status = coalesce(?::text, status), updated_at = ?
                     where workspace_id = ? and id = ?
                    """, said, status.map(AgentStatus::key), clock.instant(), caller.workspaceId(), id);
            return queries.get(caller, id, AgentQueries.DAYS);
        });
    }

    private static String purpose(String text) {
        String stripped = text.strip();
        if (stripped.length() > LONGEST_PURPOSE) {
            throw Refusal.invalidField("/purpose", "A purpose has at most " + LONGEST_PURPOSE + " characters.");
        }
        return stripped;
    }

    private static void mayChange(Caller caller, UUID ownerId) {
        if (caller.role() != Role.ADMIN && !caller.developerId().equals(ownerId)) {
            throw Refusal.forbidden("agent.not-yours", "Only its owner or an admin changes an agent.");
        }
    }
}
