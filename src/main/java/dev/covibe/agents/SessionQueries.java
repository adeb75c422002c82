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
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Everything that is read of sessions. */
@ApplicationScoped
public class SessionQueries {

    private static final String TASK = """
              left join tasks t on t.id = s.task_id
              left join projects p on p.id = t.project_id
            """;

    static final String VIEW = """
            select s.*, d.handle, p.key || '-' || t.number as task_key, t.title as task_title, t.status as task_status
              from (select * from agent_sessions s where s.workspace_id = ? and %s) s
              join developers d on d.id = s.developer_id
            """ + TASK + " order by s.last_seen_at desc, s.id desc";

    /** The sessions are found before anything is joined to them, so that the plan is the same however many there are. */
    static final String LATEST = " order by s.last_seen_at desc, s.id desc limit ";

    private static final String CURRENT = """
            select s.id, s.agent_type, s.repository, s.last_seen_at, s.ended_at, p.key || '-' || t.number as task_key
              from (%s) s
            """ + TASK;

    private static final String OWN =
            CURRENT.formatted("select * from agent_sessions where workspace_id = ? and id = ? and developer_id = ?");

    /** An agent that never says goodbye leaves many open sessions behind: neither branch reads more than one. */
    private static final String LAST_SEEN = CURRENT.formatted("""
            select * from (
                (select 0 as rank, a.* from agent_sessions a
                  where a.workspace_id = ? and a.token_id = ? and a.mcp_session = ? and a.ended_at is null
                  order by a.last_seen_at desc limit 1)
                union all
                (select 1 as rank, a.* from agent_sessions a
                  where a.workspace_id = ? and a.token_id = ? and a.ended_at is null
                  order by a.last_seen_at desc limit 1)) found
             order by rank limit 1
            """);

    private final Transactions transactions;
    private final Sql sql;
    private final PrivateMarks marks;
    private final Clock clock;

    SessionQueries(Transactions transactions, Sql sql, PrivateMarks marks, Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.marks = marks;
        this.clock = clock;
    }

    /** @throws Refusal.NotFound {@code session.unknown} */
    public SessionView view(Caller caller, UUID id) {
        return transactions.in(
                caller.place(), () -> sql.first(VIEW.formatted("s.id = ?"), reader(caller), caller.workspaceId(), id)
                        .orElseThrow(() -> AgentSessions.unknown(id)));
    }

    /**
     * Who is in this repository now: open sessions that are not stale, the last seen first. Whoever keeps it private is
     * not there for the others.
     *
     * @param repository normalised
     * @param but a session that is not shown, such as the one that asks
     */
    public List<SessionView> inRepository(Caller caller, String repository, UUID but, int limit) {
        String there = "s.repository = ? and s.ended_at is null and s.last_seen_at > ? and s.id <> ?" + LATEST + limit;
        return transactions.in(caller.place(), () -> sql
                .list(
                        VIEW.formatted(there),
                        reader(caller),
                        caller.workspaceId(),
                        repository,
                        SessionState.staleSince(clock.instant()),
                        but)
                .stream()
                .filter(session -> session.repository().equals(Optional.of(repository)))
                .toList());
    }

    /** All open sessions of the workspace that are not stale, the last seen first. */
    public List<SessionView> open(Caller caller, int limit) {
        String alive = "s.ended_at is null and s.last_seen_at > ?" + LATEST + limit;
        return transactions.in(
                caller.place(),
                () -> sql.list(
                        VIEW.formatted(alive),
                        reader(caller),
                        caller.workspaceId(),
                        SessionState.staleSince(clock.instant())));
    }

    /** The caller's own open session. */
    CurrentSession open(Caller caller, UUID id) {
        record Found(CurrentSession session, boolean ended) {}
        Found found = transactions.in(caller.place(), () -> sql.first(
                        OWN,
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
                        LAST_SEEN,
                        SessionQueries::current,
                        caller.workspaceId(),
                        tokenId,
                        mcpSession.orElse(""),
                        caller.workspaceId(),
                        tokenId));
    }

    private static CurrentSession current(Row row) throws SQLException {
        return new CurrentSession(
                row.uuid("id"),
                AgentType.of(row.text("agent_type")),
                row.optionalText("repository"),
                row.instant("last_seen_at"),
                row.optionalText("task_key"));
    }

    /** Reads sessions as the caller may see them: where a teammate keeps a repository private, not in which (CMP-7). */
    Sql.Reader<SessionView> reader(Caller caller) {
        PrivateMarks.Known known = marks.known(caller);
        return row -> {
            SessionView session = view(row);
            UUID developer = row.uuid("developer_id");
            boolean hidden = !developer.equals(caller.developerId())
                    && session.repository()
                            .filter(repository -> known.isPrivate(developer, repository))
                            .isPresent();
            return hidden ? session.withoutItsPlace() : session;
        };
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
                row.optionalText("repository"),
                row.optionalText("branch"),
                row.optionalText("worktree"),
                taskId.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new ItemRef(
                                taskId.get(), row.text("task_key"), row.text("task_title"), row.text("task_status"))),
                row.optionalUuid("parent_id"),
                SessionState.of(lastSeenAt, endedAt, clock.instant()),
                StartedBy.valueOf(row.text("started_by").toUpperCase(Locale.ROOT)),
                row.optionalText("external_id"),
                row.instant("started_at"),
                lastSeenAt,
                endedAt,
                row.optionalText("ended_by"),
                row.optionalText("outcome").map(SessionOutcome::of),
                row.optionalText("summary"));
    }
}
