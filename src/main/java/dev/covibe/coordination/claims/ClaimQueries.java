package dev.covibe.coordination.claims;

import dev.covibe.agents.SessionState;
import dev.covibe.identity.Caller;
import dev.covibe.platform.git.RepositoryIdentity;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.platform.web.Cursor;
import dev.covibe.platform.web.Page;
import dev.covibe.tenancy.Transactions;
import dev.covibe.work.ItemRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Everything that is read of claims. What has lapsed is read nowhere: the condition stands in every query. */
@ApplicationScoped
public class ClaimQueries {

    /** Takes the present and the time since when a session must have been seen. */
    static final String LIVE = """
            c.released_at is null and c.lapses_at > ?
              and (c.session_id is null
                or exists (select from agent_sessions a
                            where a.id = c.session_id and a.ended_at is null and a.last_seen_at > ?))
            """;

    /** The claims are found before anything is joined to them, so that the plan is the same however many there are. */
    private static final String VIEW = """
            select c.*, d.handle, s.agent_type, t.id as work_id, p.key || '-' || t.number as work_key,
                   t.title as work_title, t.status as work_status, e.handle as overrider
              from (select c.* from claims c where c.workspace_id = ? and %s) c
              join developers d on d.id = c.developer_id
              left join agent_sessions s on s.id = c.session_id
              left join tasks t on t.id = coalesce(c.task_id, s.task_id)
              left join projects p on p.id = t.project_id
              left join claims o on o.id = c.overridden_by
              left join developers e on e.id = o.developer_id
             order by c.claimed_at desc, c.id desc
            """;

    private static final String NEWEST = " order by c.claimed_at desc, c.id desc limit ";

    private final Transactions transactions;
    private final Sql sql;
    private final Clock clock;

    ClaimQueries(Transactions transactions, Sql sql, Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * One page of the live claims, the newest first.
     *
     * @param repository the remote in any spelling
     * @throws Refusal.Invalid when it names no repository
     */
    public Page<ClaimView> live(Caller caller, Optional<String> repository, Optional<String> cursor, int limit) {
        Optional<String> identity = repository.map(ClaimQueries::identity);
        Optional<Cursor> from = cursor.map(Cursor::of);
        List<Object> parameters = new ArrayList<>(List.of(caller.workspaceId()));
        parameters.addAll(List.of(now()));
        StringBuilder condition = new StringBuilder(LIVE);
        identity.ifPresent(name -> {
            condition.append(" and c.repository = ?");
            parameters.add(name);
        });
        from.ifPresent(position -> {
            condition.append(" and (c.claimed_at, c.id) < (?, ?)");
            parameters.add(position.at());
            parameters.add(position.id());
        });
        String page = VIEW.formatted(condition + NEWEST + (limit + 1));
        List<ClaimView> found =
                transactions.in(caller.place(), () -> sql.list(page, ClaimQueries::view, parameters.toArray()));
        return Page.of(found, limit, claim -> new Cursor(claim.claimedAt(), claim.id()));
    }

    /** What is held in a repository now, for whoever begins there: the newest first. */
    public List<ClaimView> inRepository(Caller caller, String repository, int limit) {
        return live(caller, Optional.of(repository), Optional.empty(), limit).items();
    }

    /** What was released because the task was closed, at that time or later. */
    public List<ClaimView> releasedWith(Caller caller, UUID taskId, Instant closedAt) {
        return transactions.in(
                caller.place(),
                () -> sql.list(
                        VIEW.formatted("c.task_id = ? and c.released_by = 'task' and c.released_at >= ?"),
                        ClaimQueries::view,
                        caller.workspaceId(),
                        taskId,
                        closedAt));
    }

    List<ClaimView> views(Caller caller, Collection<UUID> ids) {
        return ids.isEmpty()
                ? List.of()
                : sql.list(VIEW.formatted("c.id = any(?)"), ClaimQueries::view, caller.workspaceId(), ids);
    }

    /** The two parameters of {@link #LIVE}. */
    Object[] now() {
        Instant now = clock.instant();
        return new Object[] {now, SessionState.staleSince(now)};
    }

    private static String identity(String remote) {
        return RepositoryIdentity.of(remote)
                .map(RepositoryIdentity::name)
                .orElseThrow(
                        () -> Refusal.invalidField("repository", "'" + remote + "' is not a repository's remote."));
    }

    static ClaimView view(Row row) throws SQLException {
        Optional<UUID> work = row.optionalUuid("work_id");
        return new ClaimView(
                row.uuid("id"),
                row.text("handle"),
                row.optionalUuid("session_id"),
                row.optionalText("agent_type"),
                row.optionalText("repository"),
                row.optionalText("path"),
                work.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new ItemRef(
                                work.get(), row.text("work_key"), row.text("work_title"), row.text("work_status"))),
                ClaimMode.of(row.text("mode")),
                row.optionalText("reason"),
                row.instant("claimed_at"),
                row.instant("expires_at"),
                row.uuids("overrides"),
                row.optionalText("override_reason"),
                row.optionalText("overrider"));
    }
}
