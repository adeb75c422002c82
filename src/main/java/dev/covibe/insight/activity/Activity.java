package dev.covibe.insight.activity;

import dev.covibe.identity.Caller;
import dev.covibe.journal.EventKind;
import dev.covibe.journal.Journal;
import dev.covibe.journal.WorkEvent;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.platform.web.Cursor;
import dev.covibe.platform.web.Page;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was completed, and everything that happened (CON-6). The newest first, page by page from where the last one ended. */
@ApplicationScoped
public class Activity {

    /** The agent of a filter that wants what people did themselves. */
    public static final String PERSON = "person";

    private final Transactions transactions;
    private final Sql sql;
    private final Journal journal;

    Activity(Transactions transactions, Sql sql, Journal journal) {
        this.transactions = transactions;
        this.sql = sql;
        this.journal = journal;
    }

    /**
     * Which of it; empty fields let everything pass. Of completions, {@code topic} and {@code agent} do not matter.
     *
     * @param developer a handle
     * @param agent a kind of agent, or {@link #PERSON}
     * @param project its key
     * @param from the first moment
     * @param until the first moment after it
     */
    public record Filter(
            Optional<Topic> topic,
            Optional<String> developer,
            Optional<String> agent,
            Optional<String> project,
            Optional<Instant> from,
            Optional<Instant> until) {

        public static final Filter ALL = new Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static final class Condition {

        private final StringBuilder text = new StringBuilder();
        private final List<Object> parameters = new ArrayList<>();

        void and(String more, Object... values) {
            text.append(" and ").append(more);
            parameters.addAll(List.of(values));
        }
    }

    /** @param limit 1 to {@link Page#MOST} */
    public Page<WorkEvent> events(Caller caller, Filter filter, Optional<Cursor> after, int limit) {
        Condition condition = new Condition();
        filter.developer()
                .ifPresent(handle ->
                        condition.and("e.developer_id = (select id from developers where handle = ?)", bare(handle)));
        filter.agent().ifPresent(agent -> {
            if (agent.equals(PERSON)) {
                condition.and("e.agent is null");
            } else {
                condition.and("e.agent = ?", agent);
            }
        });
        filter.project()
                .ifPresent(key -> condition.and(
                        "exists (select from tasks t join projects p on p.id = t.project_id where t.id = e.task_id"
                                + " and p.workspace_id = e.workspace_id and p.key = ?)",
                        key));
        filter.from().ifPresent(from -> condition.and("e.at >= ?", from));
        filter.until().ifPresent(until -> condition.and("e.at < ?", until));
        after.ifPresent(cursor -> condition.and("(e.at, e.id) < (?, ?)", cursor.at(), cursor.id()));
        List<Object> parameters = new ArrayList<>();
        String query = filter.topic()
                .map(topic -> byKind(caller, topic, condition, parameters, limit + 1))
                .orElseGet(() -> {
                    parameters.add(caller.workspaceId());
                    parameters.addAll(condition.parameters);
                    return "select e.at, e.id from work_events e where e.workspace_id = ?" + condition.text
                            + " order by e.at desc, e.id desc limit " + (limit + 1);
                });
        return transactions.in(caller.place(), () -> {
            List<Journal.Moment> moments =
                    sql.list(query, row -> new Journal.Moment(row.instant("at"), row.uuid("id")), parameters.toArray());
            return Page.of(journal.at(caller, moments), limit, event -> new Cursor(event.at(), event.id()));
        });
    }

    /** Each kind is read from its own place in the index, so the few among the many cost no more than the many. */
    private static String byKind(Caller caller, Topic topic, Condition condition, List<Object> parameters, int limit) {
        parameters.add(topic.kinds().stream().map(EventKind::key).toList());
        parameters.add(caller.workspaceId());
        parameters.addAll(condition.parameters);
        return """
                select f.at, f.id
                  from unnest(?::text[]) as wanted (kind)
                 cross join lateral (
                       select e.at, e.id from work_events e
                        where e.workspace_id = ? and e.kind = wanted.kind%s
                        order by e.at desc, e.id desc limit %d) f
                 order by f.at desc, f.id desc limit %d
                """.formatted(condition.text, limit, limit);
    }

    private static String bare(String handle) {
        return handle.strip().replaceFirst("^@", "");
    }

    /** @param limit 1 to {@link Page#MOST} */
    public Page<Completion> completions(Caller caller, Filter filter, Optional<Cursor> after, int limit) {
        Condition condition = new Condition();
        filter.developer()
                .ifPresent(handle ->
                        condition.and("x.owner_id = (select id from developers where handle = ?)", bare(handle)));
        filter.from().ifPresent(from -> condition.and("x.ended_at >= ?", from));
        filter.until().ifPresent(until -> condition.and("x.ended_at < ?", until));
        after.ifPresent(cursor -> condition.and("(x.ended_at, x.id) < (?, ?)", cursor.at(), cursor.id()));
        String ofProject = filter.project().isPresent()
                ? " and x.project_id = (select id from projects where workspace_id = x.workspace_id and key = ?)"
                : "";
        String order = " order by x.ended_at desc, x.id desc limit " + (limit + 1);
        List<Object> parameters = new ArrayList<>(List.of(caller.workspaceId()));
        parameters.addAll(condition.parameters);
        filter.project().ifPresent(parameters::add);
        String query = TASKS.formatted(condition.text + ofProject + order);
        if (filter.project().isEmpty()) {
            parameters.add(caller.workspaceId());
            parameters.addAll(condition.parameters);
            query = query + " union all " + WORKSTREAMS.formatted(condition.text + order);
        }
        String whole = "select * from (" + query + ") found order by ended_at desc, id desc limit " + (limit + 1);
        List<Completion> found =
                transactions.in(caller.place(), () -> sql.list(whole, Activity::completion, parameters.toArray()));
        return Page.of(found, limit, done -> new Cursor(done.ended(), done.id()));
    }

    private static final String TASKS = """
            (select 'task' as kind, x.id, p.key || '-' || x.number as key, x.title, d.handle, s.agent_type as agent,
                    'WS-' || w.number as stream, x.started_at, x.ended_at, coalesce(x.completion_summary, '') as summary
               from (select x.* from tasks x where x.workspace_id = ? and x.status = 'done'%s) x
               join projects p on p.id = x.project_id
               left join developers d on d.id = x.owner_id
               left join agent_sessions s on s.id = x.owner_session_id
               left join workstreams w on w.id = x.workstream_id)
            """;

    private static final String WORKSTREAMS = """
            (select 'workstream' as kind, x.id, 'WS-' || x.number as key, x.name as title, d.handle, null as agent,
                    null as stream, null::timestamptz as started_at, x.ended_at,
                    coalesce(x.completion_summary, '') as summary
               from (select x.* from workstreams x where x.workspace_id = ? and x.status = 'done'%s) x
               left join developers d on d.id = x.owner_id)
            """;

    private static Completion completion(Row row) throws SQLException {
        return new Completion(
                row.text("kind"),
                row.uuid("id"),
                row.text("key"),
                row.text("title"),
                row.optionalText("handle"),
                row.optionalText("agent"),
                row.optionalText("stream"),
                row.optionalInstant("started_at"),
                row.instant("ended_at"),
                row.text("summary"));
    }
}
