package dev.covibe.work;

import dev.covibe.identity.Caller;
import dev.covibe.journal.Subject;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.platform.web.Cursor;
import dev.covibe.platform.web.Page;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Everything that is read of tasks. */
@ApplicationScoped
public class WorkQueries {

    static final String OPEN_DEPENDENCY = """
            exists (select from task_dependencies d
                      join tasks w on w.workspace_id = d.workspace_id and w.id = d.depends_on_id
                     where d.workspace_id = t.workspace_id and d.task_id = t.id
                       and w.status not in ('done', 'cancelled'))
            """;

    private static final String READY = "(t.status = 'planned' and t.owner_id is null and not " + OPEN_DEPENDENCY + ")";

    /** Joined by key alone: naming the workspace again would make the planner expect one task where it has a page. */
    private static final String NEIGHBOURS = """
              join projects p on p.id = t.project_id
              left join developers o on o.id = t.owner_id
              left join agent_sessions h on h.id = t.owner_session_id
              left join workstreams s on s.id = t.workstream_id
            """;

    private static final String ROW = "select t.id, p.key || '-' || t.number as key, t.title, t.status, t.priority,"
            + " (t.status = 'planned' and t.owner_id is null) as unowned, (t.status not in ('done', 'cancelled') and "
            + OPEN_DEPENDENCY
            + ") as blocked, o.handle as owner, h.agent_type as owner_agent, t.labels, s.id as stream_id,"
            + " 'WS-' || s.number as stream_key, s.name as stream_name, s.status as stream_status, t.updated_at,"
            + " %s as total\n  from (%s) t\n" + NEIGHBOURS;

    private static final String VIEW = "select t.*, p.key || '-' || t.number as key, p.key as project, " + READY
            + " as ready, o.handle as owner, h.agent_type as owner_agent, b.handle as planner, a.agent_type as planner_agent, s.id as stream_id,"
            + " 'WS-' || s.number as stream_key, s.name as stream_name, s.status as stream_status\n  from tasks t\n"
            + NEIGHBOURS
            + """
              join developers b on b.id = t.planned_by
              left join agent_sessions a on a.workspace_id = t.workspace_id and a.id = t.planned_by_session_id
            """;

    private final Transactions transactions;
    private final Sql sql;
    private final Tasks tasks;

    WorkQueries(Transactions transactions, Sql sql, Tasks tasks) {
        this.transactions = transactions;
        this.sql = sql;
        this.tasks = tasks;
    }

    /**
     * The task called so, by key or id. Two queries.
     *
     * @throws dev.covibe.platform.problem.Refusal.NotFound {@code task.unknown}
     */
    public TaskView task(Caller caller, String keyOrId) {
        return transactions.in(caller.place(), () -> {
            UUID id = tasks.id(caller, keyOrId).orElseThrow(() -> Tasks.unknown(keyOrId));
            Map<String, List<ItemRef>> neighbours = neighbours(caller, id);
            return sql.first(
                            VIEW + " where t.workspace_id = ? and t.id = ?",
                            row -> view(row, neighbours),
                            caller.workspaceId(),
                            id)
                    .orElseThrow(() -> Tasks.unknown(keyOrId));
        });
    }

    private Map<String, List<ItemRef>> neighbours(Caller caller, UUID id) {
        Map<String, List<ItemRef>> neighbours = Map.of("depends_on", new ArrayList<>(), "blocks", new ArrayList<>());
        sql.list(
                """
                select side, t.id, p.key || '-' || t.number as key, t.title, t.status
                  from (select 'depends_on' as side, depends_on_id as id from task_dependencies
                         where workspace_id = ? and task_id = ?
                        union all
                        select 'blocks', task_id from task_dependencies
                         where workspace_id = ? and depends_on_id = ?) n
                  join tasks t on t.workspace_id = ? and t.id = n.id
                  join projects p on p.workspace_id = t.workspace_id and p.id = t.project_id
                 order by t.created_at, t.id
                """,
                row -> neighbours
                        .get(row.text("side"))
                        .add(new ItemRef(row.uuid("id"), row.text("key"), row.text("title"), row.text("status"))),
                caller.workspaceId(),
                id,
                caller.workspaceId(),
                id,
                caller.workspaceId());
        return neighbours;
    }

    /** What an event about the task is filed under. One query: every line that an agent logs begins here. */
    Subject subject(Caller caller, String keyOrId) {
        Optional<ItemKey> key = ItemKey.of(keyOrId);
        Optional<UUID> id = key.isPresent() ? Optional.empty() : tasks.id(caller, keyOrId);
        return sql.first(
                        """
                        select t.id, p.key || '-' || t.number as key, t.workstream_id
                          from tasks t join projects p on p.id = t.project_id
                         where t.workspace_id = ? and %s
                        """.formatted(key.isPresent() ? "p.key = ? and t.number = ?" : "t.id = ?"),
                        row -> Subject.task(row.uuid("id"), row.text("key"), row.optionalUuid("workstream_id")),
                        key.map(found -> new Object[] {caller.workspaceId(), found.prefix(), found.number()})
                                .orElseGet(() -> new Object[] {caller.workspaceId(), id}))
                .orElseThrow(() -> Tasks.unknown(keyOrId));
    }

    /** One page of the tasks that the filter lets through, the last changed first. */
    public TaskList find(Caller caller, TaskFilter filter, Optional<String> cursor, int limit) {
        return find(caller, filter, cursor, limit, TaskList.MOST_COUNTED);
    }

    /**
     * The same, counting no further than {@code mostCounted}: the count of a long list costs more than its first page.
     */
    public TaskList find(Caller caller, TaskFilter filter, Optional<String> cursor, int limit, int mostCounted) {
        Optional<Cursor> from = cursor.map(Cursor::of);
        return transactions.in(caller.place(), () -> {
            FilterSql where = FilterSql.of(caller, filter);
            FilterSql.Query query = where.page(from, limit + 1, mostCounted);
            AtomicLong total = new AtomicLong();
            List<TaskRow> rows = sql.list(
                    ROW.formatted("t.total", query.sql()) + " order by t.updated_at desc, t.id desc",
                    row -> {
                        total.set(row.bigint("total"));
                        return row(row);
                    },
                    query.parameters());
            if (rows.isEmpty() && from.isPresent()) {
                total.set(sql.one(
                        "select " + where.count(mostCounted) + " as total",
                        row -> row.bigint("total"),
                        where.parameters()));
            }
            Page<TaskRow> page = Page.of(rows, limit, row -> new Cursor(row.updatedAt(), row.id()));
            return new TaskList(page.items(), total.get(), page.cursor());
        });
    }

    /** The head of the ready queue, in the order in which {@code take} gives tasks out. */
    public List<TaskRow> ready(Caller caller, int limit) {
        String head = "select t.* from tasks t where t.workspace_id = ? and " + READY + " order by " + Tasks.QUEUE
                + " limit " + limit;
        return transactions.in(
                caller.place(),
                () -> sql.list(
                        ROW.formatted("0", head) + " order by " + Tasks.QUEUE, WorkQueries::row, caller.workspaceId()));
    }

    /** How many tasks stand in each status, under a filter; each counted up to {@link TaskList#MOST_COUNTED} in all. */
    public Map<TaskStatus, Long> counts(Caller caller, TaskFilter filter) {
        return transactions.in(caller.place(), () -> {
            Map<TaskStatus, Long> counts = new EnumMap<>(TaskStatus.class);
            FilterSql where = FilterSql.of(caller, filter);
            sql.list(
                    "select t.status, count(*) as many from tasks t" + where.condition() + " group by t.status",
                    row -> counts.put(TaskStatus.of(row.text("status")), row.bigint("many")),
                    where.parameters());
            return counts;
        });
    }

    /** The labels in use among the thousand tasks that changed last, the commonest first, at most fifty. */
    public List<String> labels(Caller caller) {
        return transactions.in(caller.place(), () -> sql.list("""
                        select label, count(*)
                          from (select labels from tasks where workspace_id = ? order by updated_at desc limit 1000) t,
                               unnest(t.labels) as label
                         group by label order by count(*) desc, label limit 50
                        """, row -> row.text("label"), caller.workspaceId()));
    }

    private static TaskRow row(Row row) throws SQLException {
        return new TaskRow(
                row.uuid("id"),
                row.text("key"),
                row.text("title"),
                TaskStatus.of(row.text("status")),
                Priority.of(row.text("priority")),
                row.bool("unowned") && !row.bool("blocked"),
                row.bool("blocked"),
                row.optionalText("owner"),
                row.optionalText("owner_agent"),
                row.texts("labels"),
                stream(row),
                row.instant("updated_at"));
    }

    private static Optional<ItemRef> stream(Row row) throws SQLException {
        Optional<UUID> id = row.optionalUuid("stream_id");
        return id.isEmpty()
                ? Optional.empty()
                : Optional.of(new ItemRef(
                        id.get(), row.text("stream_key"), row.text("stream_name"), row.text("stream_status")));
    }

    private static TaskView view(Row row, Map<String, List<ItemRef>> neighbours) throws SQLException {
        return new TaskView(
                row.uuid("id"),
                row.text("key"),
                row.text("title"),
                row.text("description"),
                TaskStatus.of(row.text("status")),
                Priority.of(row.text("priority")),
                row.bool("ready"),
                row.optionalText("owner"),
                row.optionalText("owner_agent"),
                row.text("planner"),
                row.optionalText("planner_agent"),
                row.text("project"),
                stream(row),
                row.texts("labels"),
                row.texts("paths"),
                row.optionalText("repository"),
                row.optionalText("branch"),
                row.texts("external_references"),
                neighbours.get("depends_on"),
                neighbours.get("blocks"),
                row.optionalInteger("estimate_minutes"),
                row.optionalText("outcome"),
                row.optionalText("completion_summary"),
                row.instant("created_at"),
                row.instant("updated_at"),
                row.optionalInstant("planned_at"),
                row.optionalInstant("started_at"),
                row.optionalInstant("review_at"),
                row.optionalInstant("ended_at"));
    }
}
