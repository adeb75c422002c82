package dev.covibe.agents.usage;

import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Calendar;
import dev.covibe.tenancy.Transactions;
import dev.covibe.tenancy.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What agents used, added up (AGT-6). Days are those of the workspace's calendar, both ends included. Everything here reads roll-ups; only
 * {@link SessionUsage} looks at single calls and spans.
 */
@ApplicationScoped
public class UsageQueries {

    private final Transactions transactions;
    private final Workspaces workspaces;
    private final Sql sql;

    UsageQueries(Transactions transactions, Workspaces workspaces, Sql sql) {
        this.transactions = transactions;
        this.workspaces = workspaces;
        this.sql = sql;
    }

    /** What totals can be grouped by. However they are grouped, they add up to the same number. */
    public enum Grouping {
        DEVELOPER(
                "developer_id::text",
                "select id::text as key, '@' || handle as label from developers where id = any(?::uuid[])"),
        AGENT("agent_type", ""),
        MODEL("provider || '/' || model", ""),
        TASK("task_id::text", """
                select t.id::text as key, p.key || '-' || t.number || ' ' || t.title as label
                  from tasks t join projects p on p.id = t.project_id
                 where t.id = any(?::uuid[])"""),
        DAY("day::text", "");

        private final String column;
        private final String labels;

        Grouping(String column, String labels) {
            this.column = column;
            this.labels = labels;
        }
    }

    /**
     * @param key of the group: an id, an agent type, {@code provider/model} or a day; empty for what has none: the
     *     unattributed bucket
     * @param label for people; the key itself where it needs no other
     */
    public record Group(Optional<String> key, String label, UsageTotals totals) {}

    /**
     * @param sessions that began in these days
     * @param reported those of them of which anything was reported
     */
    public record Coverage(long sessions, long reported) {
        /** 0 to 1; 1 when there was no session. */
        public double share() {
            return sessions == 0 ? 1 : (double) reported / sessions;
        }
    }

    public record UnpricedModel(String provider, String model, long tokens, long calls, LocalDate lastDay) {}

    public UsageTotals total(Caller caller, LocalDate from, LocalDate to) {
        return sum(
                caller, "usage_daily where workspace_id = ? and day between ? and ?", caller.workspaceId(), from, to);
    }

    /** All that was used on a task, ever. */
    public UsageTotals ofTask(Caller caller, UUID taskId) {
        return sum(caller, "usage_daily where workspace_id = ? and task_id = ?", caller.workspaceId(), taskId);
    }

    /** All that was used on the tasks that are in a workstream now. */
    public UsageTotals ofWorkstream(Caller caller, UUID workstreamId) {
        return sum(
                caller,
                "usage_daily where workspace_id = ? and task_id in (select id from tasks where workspace_id = ? and workstream_id = ?)",
                caller.workspaceId(),
                caller.workspaceId(),
                workstreamId);
    }

    /** All that a session used, from the source that counts. */
    public UsageTotals ofSession(Caller caller, UUID sessionId) {
        return sum(caller, """
                usage_by_stream
                 where workspace_id = ? and stream_id = ?
                   and source = (select s.source from usage_streams s where s.workspace_id = ? and s.id = ?)""", caller.workspaceId(), sessionId, caller.workspaceId(), sessionId);
    }

    private UsageTotals sum(Caller caller, String from, Object... parameters) {
        return transactions.in(
                caller.place(),
                () -> sql.one("select " + UsageTotals.SUMS + " from " + from, UsageTotals::read, parameters));
    }

    /** Totals of each of many tasks; tasks without usage are left out. */
    public Map<UUID, UsageTotals> ofTasks(Caller caller, List<UUID> taskIds) {
        record OfTask(UUID id, UsageTotals totals) {}
        Map<UUID, UsageTotals> totals = new HashMap<>();
        transactions
                .in(
                        caller.place(),
                        () -> sql.list(
                                "select task_id, " + UsageTotals.SUMS
                                        + " from usage_daily where workspace_id = ? and task_id = any(?::uuid[]) group by task_id",
                                row -> new OfTask(row.uuid("task_id"), UsageTotals.read(row)),
                                caller.workspaceId(),
                                texts(taskIds)))
                .forEach(found -> totals.put(found.id(), found.totals()));
        return totals;
    }

    /** Totals of each of many sessions, from the source that counts; sessions without usage are left out. */
    public Map<UUID, UsageTotals> ofSessions(Caller caller, List<UUID> sessionIds) {
        record OfSession(UUID id, UsageTotals totals) {}
        Map<UUID, UsageTotals> totals = new HashMap<>();
        transactions
                .in(
                        caller.place(),
                        () -> sql.list(
                                "select u.stream_id, " + UsageTotals.SUMS + """
                                  from usage_by_stream u
                                  join usage_streams s on s.workspace_id = u.workspace_id and s.id = u.stream_id and s.source = u.source
                                 where u.workspace_id = ? and u.stream_id = any(?::uuid[])
                                 group by u.stream_id""",
                                row -> new OfSession(row.uuid("stream_id"), UsageTotals.read(row)),
                                caller.workspaceId(),
                                texts(sessionIds)))
                .forEach(found -> totals.put(found.id(), found.totals()));
        return totals;
    }

    private static List<String> texts(List<UUID> ids) {
        return ids.stream().map(UUID::toString).toList();
    }

    /** Totals over the days by group, the most expensive first, then the most tokens. */
    public List<Group> grouped(Caller caller, LocalDate from, LocalDate to, Grouping grouping) {
        return transactions.in(caller.place(), () -> {
            List<Group> groups = sql.list(
                    groupedSql(grouping),
                    row -> new Group(row.optionalText("key"), "", UsageTotals.read(row)),
                    caller.workspaceId(),
                    from,
                    to);
            Map<String, String> labels = labels(
                    grouping,
                    groups.stream().flatMap(group -> group.key().stream()).toList());
            return groups.stream()
                    .map(group -> new Group(group.key(), label(group.key(), labels, grouping), group.totals()))
                    .toList();
        });
    }

    static String groupedSql(Grouping grouping) {
        return "select " + grouping.column + " as key, " + UsageTotals.SUMS
                + " from usage_daily where workspace_id = ? and day between ? and ? group by 1 order by "
                + (grouping == Grouping.DAY
                        ? "1"
                        : "sum(reported_nanos + computed_nanos + estimated_nanos) desc, sum(input_tokens + output_tokens) desc, 1");
    }

    private Map<String, String> labels(Grouping grouping, List<String> keys) {
        record Labelled(String key, String label) {}
        Map<String, String> labels = new HashMap<>();
        if (!grouping.labels.isEmpty() && !keys.isEmpty()) {
            sql.list(grouping.labels, row -> new Labelled(row.text("key"), row.text("label")), keys)
                    .forEach(found -> labels.put(found.key(), found.label()));
        }
        return labels;
    }

    private static String label(Optional<String> key, Map<String, String> labels, Grouping grouping) {
        if (key.isEmpty()) {
            return "Unattributed";
        }
        return grouping == Grouping.AGENT
                ? AgentType.of(key.get()).title()
                : labels.getOrDefault(
                        key.get(), key.get().startsWith("/") ? key.get().substring(1) : key.get());
    }

    /** How many of the sessions that began in these days reported what they used. */
    public Coverage coverage(Caller caller, LocalDate from, LocalDate to) {
        Calendar calendar = workspaces.calendar(caller.place());
        return transactions.in(
                caller.place(),
                () -> sql.one(
                        """
                        select count(*) as sessions, count(u.id) as reported
                          from agent_sessions s
                          left join usage_streams u on u.workspace_id = s.workspace_id and u.id = s.id
                         where s.workspace_id = ? and s.started_at >= ? and s.started_at < ?
                        """,
                        row -> new Coverage(row.bigint("sessions"), row.bigint("reported")),
                        caller.workspaceId(),
                        calendar.start(from),
                        calendar.start(to.plusDays(1))));
    }

    /** Models that were used and have no price, the most used first. */
    public List<UnpricedModel> unpriced(Caller caller) {
        return transactions.in(caller.place(), () -> sql.list("""
                        select provider, model, sum(unpriced_tokens) as tokens, sum(calls) as calls, max(day) as last_day
                          from usage_daily
                         where workspace_id = ? and unpriced_tokens <> 0
                         group by provider, model
                        having sum(unpriced_tokens) <> 0
                         order by tokens desc, provider, model
                        """, UsageQueries::unpriced, caller.workspaceId()));
    }

    private static UnpricedModel unpriced(Row row) throws SQLException {
        return new UnpricedModel(
                row.text("provider"),
                row.text("model"),
                row.bigint("tokens"),
                row.bigint("calls"),
                row.optionalDate("last_day").orElseThrow());
    }
}
