package dev.covibe.work;

import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.platform.web.Cursor;
import dev.covibe.platform.web.Page;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Everything that is read of workstreams. */
@ApplicationScoped
public class WorkstreamQueries {

    private static final String VIEW = """
            select s.*, o.handle as owner, c.*
              from (select * from workstreams s where s.workspace_id = ? %s) s
              left join developers o on o.id = s.owner_id
             cross join lateral (
                   select count(*) filter (where t.status = 'backlog') as backlog,
                          count(*) filter (where t.status = 'planned') as planned,
                          count(*) filter (where t.status = 'in_progress') as in_progress,
                          count(*) filter (where t.status = 'in_review') as in_review,
                          count(*) filter (where t.status = 'done') as done,
                          count(*) filter (where t.status = 'cancelled') as cancelled
                     from tasks t
                    where t.workspace_id = s.workspace_id and t.workstream_id = s.id) c
             order by s.updated_at desc, s.id desc
            """;

    private final Transactions transactions;
    private final Sql sql;

    WorkstreamQueries(Transactions transactions, Sql sql) {
        this.transactions = transactions;
        this.sql = sql;
    }

    /** @throws Refusal.NotFound {@code workstream.unknown} */
    public WorkstreamView get(Caller caller, String key) {
        int number = ItemKey.of(key)
                .filter(ItemKey::isWorkstream)
                .map(ItemKey::number)
                .orElseThrow(() -> Workstreams.unknown(key));
        return transactions.in(caller.place(), () -> views(caller, "and s.number = ?", number)).stream()
                .findFirst()
                .orElseThrow(() -> Workstreams.unknown(key));
    }

    /** One page of workstreams, the last changed first. Two queries. */
    public Page<WorkstreamView> list(
            Caller caller, Set<WorkstreamStatus> statuses, Optional<String> cursor, int limit) {
        List<String> wanted = (statuses.isEmpty() ? Set.of(WorkstreamStatus.values()) : statuses)
                .stream().map(WorkstreamStatus::key).toList();
        Optional<Cursor> from = cursor.map(Cursor::of);
        return transactions.in(caller.place(), () -> {
            String page = "and s.status = any(?)" + (from.isPresent() ? " and (s.updated_at, s.id) < (?, ?)" : "")
                    + " order by s.updated_at desc, s.id desc limit " + (limit + 1);
            List<WorkstreamView> views = from.isPresent()
                    ? views(caller, page, wanted, from.get().at(), from.get().id())
                    : views(caller, page, wanted);
            return Page.of(views, limit, view -> new Cursor(view.updatedAt(), view.id()));
        });
    }

    private List<WorkstreamView> views(Caller caller, String condition, Object... more) {
        List<Object> parameters = new ArrayList<>(List.of(caller.workspaceId()));
        parameters.addAll(List.of(more));
        List<WorkstreamView> bare =
                sql.list(VIEW.formatted(condition), row -> view(row, List.of()), parameters.toArray());
        Map<UUID, List<ItemRef>> recent = recent(caller, bare);
        return bare.stream()
                .map(view -> with(view, recent.getOrDefault(view.id(), List.of())))
                .toList();
    }

    private Map<UUID, List<ItemRef>> recent(Caller caller, List<WorkstreamView> views) {
        Map<UUID, List<ItemRef>> recent = new HashMap<>();
        if (views.isEmpty()) {
            return recent;
        }
        sql.list(
                """
                select w.id as stream_id, t.id, t.key, t.title, t.status
                  from unnest(?) as w(id)
                  cross join lateral (
                        select t.id, p.key || '-' || t.number as key, t.title, t.status
                          from tasks t
                          join projects p on p.workspace_id = t.workspace_id and p.id = t.project_id
                         where t.workspace_id = ? and t.workstream_id = w.id
                         order by t.updated_at desc, t.id desc limit 5) t
                """,
                row -> recent.computeIfAbsent(row.uuid("stream_id"), _ -> new ArrayList<>())
                        .add(new ItemRef(row.uuid("id"), row.text("key"), row.text("title"), row.text("status"))),
                views.stream().map(WorkstreamView::id).toList(),
                caller.workspaceId());
        return recent;
    }

    private static WorkstreamView view(Row row, List<ItemRef> recent) throws SQLException {
        return new WorkstreamView(
                row.uuid("id"),
                "WS-" + row.integer("number"),
                row.text("name"),
                row.text("goal"),
                WorkstreamStatus.of(row.text("status")),
                row.optionalText("owner"),
                row.optionalDate("target_date"),
                new TaskCounts(
                        row.integer("backlog"),
                        row.integer("planned"),
                        row.integer("in_progress"),
                        row.integer("in_review"),
                        row.integer("done"),
                        row.integer("cancelled")),
                recent,
                row.optionalText("completion_summary"),
                row.instant("created_at"),
                row.instant("updated_at"),
                row.optionalInstant("ended_at"));
    }

    private static WorkstreamView with(WorkstreamView view, List<ItemRef> recent) {
        return new WorkstreamView(
                view.id(),
                view.key(),
                view.name(),
                view.goal(),
                view.status(),
                view.owner(),
                view.targetDate(),
                view.counts(),
                recent,
                view.summary(),
                view.createdAt(),
                view.updatedAt(),
                view.endedAt());
    }
}
