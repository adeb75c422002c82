package dev.covibe.agents;

import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Sql;
import dev.covibe.platform.web.Cursor;
import dev.covibe.platform.web.Page;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sessions of the workspace, some at a time. Every member sees all of them. */
@ApplicationScoped
public class SessionLists {

    private final Transactions transactions;
    private final Sql sql;
    private final SessionQueries queries;
    private final Clock clock;

    SessionLists(Transactions transactions, Sql sql, SessionQueries queries, Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.queries = queries;
        this.clock = clock;
    }

    /** Which sessions; empty fields let everything pass. */
    public record Filter(
            Optional<SessionState> state,
            Optional<String> developer,
            Optional<AgentType> agent,
            Optional<String> agentName,
            Optional<UUID> task) {

        public static final Filter ALL =
                new Filter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** @throws Refusal.Invalid {@code session.state-unknown} */
    public static SessionState state(String key) {
        return Arrays.stream(SessionState.values())
                .filter(state -> state.key().equals(key))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(
                        "session.state-unknown",
                        "There is no session state '" + key + "'. Known: active, idle, stale, ended.",
                        new FieldError("state", "one of active, idle, stale, ended")));
    }

    /** The last seen first. */
    public Page<SessionView> page(Caller caller, Filter filter, Optional<Cursor> after, int limit) {
        StringBuilder which = new StringBuilder("true");
        List<Object> parameters = new ArrayList<>(List.of(caller.workspaceId()));
        filter.state().ifPresent(state -> {
            which.append(condition(state));
            Instant now = clock.instant();
            switch (state) {
                case ACTIVE -> parameters.add(now.minus(SessionState.IDLE_AFTER));
                case IDLE -> {
                    parameters.add(now.minus(SessionState.IDLE_AFTER));
                    parameters.add(SessionState.staleSince(now));
                }
                case STALE -> parameters.add(SessionState.staleSince(now));
                case ENDED -> {}
            }
        });
        filter.developer().ifPresent(handle -> {
            which.append(" and s.developer_id = (select id from developers where handle = ?)");
            parameters.add(handle.strip().replaceFirst("^@", ""));
        });
        filter.agent().ifPresent(agent -> {
            which.append(" and s.agent_type = ?");
            parameters.add(agent.key());
        });
        filter.agentName().ifPresent(name -> {
            which.append(" and s.agent_name = ?");
            parameters.add(name);
        });
        filter.task().ifPresent(task -> {
            which.append(ON_TASK);
            parameters.add(task);
        });
        after.ifPresent(cursor -> {
            which.append(" and (s.last_seen_at, s.id) < (?, ?)");
            parameters.add(cursor.at());
            parameters.add(cursor.id());
        });
        return Page.of(
                list(caller, which + SessionQueries.LATEST + (limit + 1), parameters),
                limit,
                session -> new Cursor(session.lastSeenAt(), session.id()));
    }

    private static String condition(SessionState state) {
        return switch (state) {
            case ACTIVE -> " and s.ended_at is null and s.last_seen_at > ?";
            case IDLE -> " and s.ended_at is null and s.last_seen_at <= ? and s.last_seen_at > ?";
            case STALE -> " and s.ended_at is null and s.last_seen_at <= ?";
            case ENDED -> " and s.ended_at is not null";
        };
    }

    private static final String ON_TASK =
            " and s.id in (select w.session_id from session_tasks w where w.workspace_id = s.workspace_id and w.task_id = ?)";

    /** Those that ever worked on a task, the last seen first. */
    public List<SessionView> ofTask(Caller caller, UUID taskId, int limit) {
        return list(caller, "true" + ON_TASK + SessionQueries.LATEST + limit, List.of(caller.workspaceId(), taskId));
    }

    /** Those that ever worked on a task that is in a workstream now, the last seen first. */
    public List<SessionView> ofWorkstream(Caller caller, UUID workstreamId, int limit) {
        String which = """
                s.id in (select w.session_id from tasks t
                           join session_tasks w on w.workspace_id = t.workspace_id and w.task_id = t.id
                          where t.workspace_id = s.workspace_id and t.workstream_id = ?)
                """;
        return list(caller, which + SessionQueries.LATEST + limit, List.of(caller.workspaceId(), workstreamId));
    }

    /** The sessions that a session opened, such as sub-agents, the last seen first. */
    public List<SessionView> children(Caller caller, UUID parentId, int limit) {
        return list(caller, "s.parent_id = ?" + SessionQueries.LATEST + limit, List.of(caller.workspaceId(), parentId));
    }

    private List<SessionView> list(Caller caller, String which, List<Object> parameters) {
        return transactions.in(
                caller.place(),
                () -> sql.list(SessionQueries.VIEW.formatted(which), queries.reader(caller), parameters.toArray()));
    }
}
