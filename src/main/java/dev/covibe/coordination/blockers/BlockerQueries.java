package dev.covibe.coordination.blockers;

import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.platform.web.Cursor;
import dev.covibe.platform.web.Page;
import dev.covibe.tenancy.Transactions;
import dev.covibe.work.ItemRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Everything that is read of blockers. */
@ApplicationScoped
public class BlockerQueries {

    /** A task that is closed is not held up any more, whatever was left unanswered. */
    private static final String OPEN = """
            b.resolved_at is null
              and exists (select from tasks t where t.id = b.task_id and t.status not in ('done', 'cancelled'))
            """;

    private static final String VIEW = """
            select b.*, t.title, t.status, p.key || '-' || t.number as key, d.handle, n.handle as needed,
                   r.handle as resolver
              from (select b.* from blockers b where b.workspace_id = ? and %s) b
              join tasks t on t.id = b.task_id
              join projects p on p.id = t.project_id
              join developers d on d.id = b.raised_by
              left join developers n on n.id = b.needs_id
              left join developers r on r.id = b.resolved_by
             order by b.raised_at%2$s, b.id%2$s
            """;

    private static final String NEWEST_FIRST = " desc";
    private static final String OLDEST_FIRST = "";

    private final Transactions transactions;
    private final Sql sql;

    BlockerQueries(Transactions transactions, Sql sql) {
        this.transactions = transactions;
        this.sql = sql;
    }

    /** @throws Refusal.NotFound {@code blocker.unknown} */
    public BlockerView get(Caller caller, UUID id) {
        return list(caller, "b.id = ?", OLDEST_FIRST, id).stream()
                .findFirst()
                .orElseThrow(
                        () -> Refusal.notFound("blocker.unknown", "There is no blocker " + id + " in this workspace."));
    }

    /** The blockers of tasks that are under way, the longest waiting first. */
    public List<BlockerView> open(Caller caller, int limit) {
        return list(caller, OPEN + " order by b.raised_at, b.id limit " + limit, OLDEST_FIRST);
    }

    /** How many tasks' blockers are open, counted up to 1,000. */
    public int openCount(Caller caller) {
        return transactions.in(
                caller.place(),
                () -> sql.one(
                        "select count(*) as many from (select from blockers b where b.workspace_id = ? and " + OPEN
                                + " limit 1000) b",
                        row -> row.integer("many"),
                        caller.workspaceId()));
    }

    /** Open blockers that concern the caller: they need them, or hold up their task or their agent. */
    public List<BlockerView> concerning(Caller caller, int limit) {
        return list(
                caller,
                OPEN + """
                   and (b.needs_id = ? or b.raised_by = ?
                     or exists (select from tasks t where t.id = b.task_id and t.owner_id = ?))
                 order by b.raised_at, b.id limit %d
                """.formatted(limit),
                OLDEST_FIRST,
                caller.developerId(),
                caller.developerId(),
                caller.developerId());
    }

    /** The open blockers of a task, of any that are left: the longest waiting first. */
    List<BlockerView> openOf(Caller caller, UUID taskId) {
        return list(caller, "b.task_id = ? and b.resolved_at is null", OLDEST_FIRST, taskId);
    }

    /** A task's blockers, open and answered, the newest first. */
    public List<BlockerView> ofTask(Caller caller, UUID taskId, int limit) {
        return list(caller, "b.task_id = ? order by b.raised_at desc, b.id desc limit " + limit, NEWEST_FIRST, taskId);
    }

    /** One page of the workspace's blockers, the newest first. */
    public Page<BlockerView> page(Caller caller, boolean onlyOpen, Optional<String> cursor, int limit) {
        Optional<Cursor> from = cursor.map(Cursor::of);
        List<Object> position =
                from.<List<Object>>map(one -> List.of(one.at(), one.id())).orElse(List.of());
        String condition = (onlyOpen ? OPEN : "true") + (from.isPresent() ? " and (b.raised_at, b.id) < (?, ?)" : "")
                + " order by b.raised_at desc, b.id desc limit " + (limit + 1);
        return Page.of(
                list(caller, condition, NEWEST_FIRST, position.toArray()),
                limit,
                last -> new Cursor(last.raisedAt(), last.id()));
    }

    private List<BlockerView> list(Caller caller, String condition, String direction, Object... more) {
        List<Object> parameters = new ArrayList<>(List.of(caller.workspaceId()));
        parameters.addAll(List.of(more));
        return transactions.in(
                caller.place(),
                () -> sql.list(VIEW.formatted(condition, direction), BlockerQueries::view, parameters.toArray()));
    }

    private static BlockerView view(Row row) throws SQLException {
        return new BlockerView(
                row.uuid("id"),
                new ItemRef(row.uuid("task_id"), row.text("key"), row.text("title"), row.text("status")),
                BlockerKind.of(row.text("kind")),
                row.text("body"),
                row.optionalText("needed"),
                row.text("handle"),
                row.optionalText("raised_agent"),
                row.optionalUuid("raised_session_id"),
                row.instant("raised_at"),
                row.optionalText("answer"),
                row.optionalText("resolver"),
                row.optionalText("resolved_agent"),
                row.optionalInstant("resolved_at"));
    }
}
