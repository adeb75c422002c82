package dev.covibe.agents;

import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import dev.covibe.work.ItemRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Everything that is read of sessions. */
@ApplicationScoped
public class SessionQueries {

    private static final String TASK = """
              left join tasks t on t.workspace_id = s.workspace_id and t.id = s.task_id
              left join projects p on p.workspace_id = t.workspace_id and p.id = t.project_id
            """;

    private static final String VIEW = """
            select s.*, d.handle, p.key || '-' || t.number as task_key, t.title as task_title, t.status as task_status
              from agent_sessions s
              join developers d on d.id = s.developer_id
            """ + TASK;

    private static final String CURRENT = """
            select s.id, s.agent_type, s.repository, s.last_seen_at, s.ended_at, p.key || '-' || t.number as task_key
              from agent_sessions s
            """ + TASK;

    private final Transactions transactions;
    private final Sql sql;
    private final Clock clock;

    SessionQueries(Transactions transactions, Sql sql, Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.clock = clock;
    }

    /** @throws Refusal.NotFound {@code session.unknown} */
    public SessionView view(Caller caller, UUID id) {
        return transactions.in(caller.place(), () -> sql.first(
                        VIEW + " where s.workspace_id = ? and s.id = ?", this::view, caller.workspaceId(), id)
                .orElseThrow(() -> AgentSessions.unknown(id)));
    }

    /**
     * Who is in this repository now: open sessions that are not stale, the last seen first.
     *
     * @param repository normalised
     * @param but a session that is not shown, such as the one that asks
     */
    public List<SessionView> inRepository(Caller caller, String repository, UUID but, int limit) {
        return transactions.in(
                caller.place(),
                () -> sql.list(VIEW + """
                                 where s.workspace_id = ? and s.repository = ? and s.ended_at is null
                                   and s.last_seen_at > ? and s.id <> ?
                                 order by s.last_seen_at desc, s.id desc limit ?
                                """, this::view, caller.workspaceId(), repository, staleSince(), but, limit));
    }

    /** All open sessions of the workspace that are not stale, the last seen first. */
    public List<SessionView> open(Caller caller, int limit) {
        return transactions.in(
                caller.place(), () -> sql.list(VIEW + """
                                 where s.workspace_id = ? and s.ended_at is null and s.last_seen_at > ?
                                 order by s.last_seen_at desc, s.id desc limit ?
                                """, this::view, caller.workspaceId(), staleSince(), limit));
    }

    private Instant staleSince() {
        return clock.instant().minus(SessionState.STALE_AFTER);
    }

    /** The caller's own open session. */
    CurrentSession open(Caller caller, UUID id) {
        record Found(CurrentSession session, boolean ended) {}
        Found found = transactions.in(caller.place(), () -> sql.first(
                        CURRENT + " where s.workspace_id = ? and s.id = ? and s.developer_id = ?",
                        row -> new Found(
                                current(row), row.optionalInstant("ended_at").isPresent()),
                        caller.workspaceId(),
                        id,
                        caller.developerId())
                .orElseThrow(() -> AgentSessions.unknown(id)));
        if (found.ended()) {
            throw Refusal.conflict("session.ended", "Session " + id + " has ended.");
        }
        return found.session();
    }

    /** The open session that the protocol session opened, else the one in which the token was last seen. */
    Optional<CurrentSession> lastSeen(Caller caller, UUID tokenId, Optional<String> mcpSession) {
        return transactions.in(
                caller.place(),
                () -> sql.first(
                        CURRENT + """
                                 where s.workspace_id = ? and s.token_id = ? and s.ended_at is null
                                 order by coalesce(s.mcp_session = ?, false) desc, s.last_seen_at desc, s.id desc limit 1
                                """, SessionQueries::current, caller.workspaceId(), tokenId, mcpSession.orElse("")));
    }

    private static CurrentSession current(Row row) throws SQLException {
        return new CurrentSession(
                row.uuid("id"),
                AgentType.of(row.text("agent_type")),
                row.text("repository"),
                row.instant("last_seen_at"),
                row.optionalText("task_key"));
    }

    private SessionView view(Row row) throws SQLException {
        Instant lastSeenAt = row.instant("last_seen_at");
        Optional<Instant> endedAt = row.optionalInstant("ended_at");
        Optional<UUID> taskId = row.optionalUuid("task_id");
        return new SessionView(
                row.uuid("id"),
                row.text("handle"),
                AgentType.of(row.text("agent_type")),
                row.text("agent_name"),
                row.optionalText("agent_version"),
                row.optionalText("model"),
                row.text("repository"),
                row.optionalText("branch"),
                row.optionalText("worktree"),
                taskId.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new ItemRef(
                                taskId.get(), row.text("task_key"), row.text("task_title"), row.text("task_status"))),
                row.optionalUuid("parent_id"),
                SessionState.of(lastSeenAt, endedAt, clock.instant()),
                row.instant("started_at"),
                lastSeenAt,
                endedAt,
                row.optionalText("ended_by"),
                row.optionalText("outcome").map(SessionOutcome::of),
                row.optionalText("summary"));
    }
}
