package dev.covibe.agents.usage;

import dev.covibe.identity.Caller;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What sessions used, in parts: by model, by source, on a task, outside of any. Reads roll-ups. */
@ApplicationScoped
public class UsageAccounts {

    /** The rows that count: those of the source that counts for their session. */
    private static final String COUNTED = """
              from usage_by_stream u
              join usage_streams s on s.workspace_id = u.workspace_id and s.id = u.stream_id and s.source = u.source
             where u.workspace_id = ?
            """;

    private final Transactions transactions;
    private final Sql sql;

    UsageAccounts(Transactions transactions, Sql sql) {
        this.transactions = transactions;
        this.sql = sql;
    }

    @RegisterForReflection
    public record OfModel(String provider, String model, UsageTotals totals) {}

    /** @param counts whether its numbers are the ones that are shown */
    @RegisterForReflection
    public record OfSource(UsageSource source, boolean counts, UsageTotals totals) {}

    /** What a session used by model, the most expensive first. */
    public List<OfModel> models(Caller caller, UUID sessionId) {
        return transactions.in(
                caller.place(),
                () -> sql.list(
                        "select u.provider, u.model, " + UsageTotals.SUMS + COUNTED
                                + " and u.stream_id = ? group by u.provider, u.model"
                                + " order by sum(reported_nanos + computed_nanos + estimated_nanos) desc, sum(input_tokens + output_tokens) desc, u.model",
                        row -> new OfModel(row.text("provider"), row.text("model"), UsageTotals.read(row)),
                        caller.workspaceId(),
                        sessionId));
    }

    /** Who reported a session, the most believed first. Only one of them counts: the others saw the same calls. */
    public List<OfSource> sources(Caller caller, UUID sessionId) {
        return transactions
                .in(
                        caller.place(),
                        () -> sql.list(
                                "select u.source, s.source as counting, " + UsageTotals.SUMS + """
                                  from usage_by_stream u
                                  join usage_streams s on s.workspace_id = u.workspace_id and s.id = u.stream_id
                                 where u.workspace_id = ? and u.stream_id = ?
                                 group by u.source, s.source
                                """,
                                row -> new OfSource(
                                        UsageSource.of(row.text("source")),
                                        row.text("source").equals(row.text("counting")),
                                        UsageTotals.read(row)),
                                caller.workspaceId(),
                                sessionId))
                .stream()
                .sorted((one, other) -> other.source().compareTo(one.source()))
                .toList();
    }

    /** What each of these sessions used on a task; sessions that used nothing on it are left out. */
    public Map<UUID, UsageTotals> onTask(Caller caller, List<UUID> sessionIds, UUID taskId) {
        return bySession(caller, sessionIds, " and u.task_id = ?", taskId);
    }

    /** What each of these sessions used on the tasks that are in a workstream now. */
    public Map<UUID, UsageTotals> onWorkstream(Caller caller, List<UUID> sessionIds, UUID workstreamId) {
        return bySession(
                caller,
                sessionIds,
                " and u.task_id in (select t.id from tasks t where t.workspace_id = u.workspace_id and t.workstream_id = ?)",
                workstreamId);
    }

    private Map<UUID, UsageTotals> bySession(Caller caller, List<UUID> sessionIds, String on, UUID what) {
        return keyed(
                caller,
                "select u.stream_id as key, " + UsageTotals.SUMS + COUNTED + " and u.stream_id = any(?::uuid[])" + on
                        + " group by u.stream_id",
                caller.workspaceId(),
                texts(sessionIds),
                what);
    }

    /** What these sessions used while they were on no task: it belongs to nothing, and is not hidden. */
    public UsageTotals onNoTask(Caller caller, List<UUID> sessionIds) {
        return transactions.in(
                caller.place(),
                () -> sql.one(
                        "select " + UsageTotals.SUMS + COUNTED
                                + " and u.stream_id = any(?::uuid[]) and u.task_id is null",
                        UsageTotals::read,
                        caller.workspaceId(),
                        texts(sessionIds)));
    }

    /** What was used on the tasks of each of these workstreams; those without usage are left out. */
    public Map<UUID, UsageTotals> ofWorkstreams(Caller caller, List<UUID> workstreamIds) {
        return keyed(
                caller,
                "select t.workstream_id as key, " + UsageTotals.SUMS + """
                  from tasks t
                  join usage_daily u on u.workspace_id = t.workspace_id and u.task_id = t.id
                 where t.workspace_id = ? and t.workstream_id = any(?::uuid[])
                 group by t.workstream_id
                """,
                caller.workspaceId(),
                texts(workstreamIds));
    }

    private Map<UUID, UsageTotals> keyed(Caller caller, String query, Object... parameters) {
        record Keyed(UUID key, UsageTotals totals) {}
        Map<UUID, UsageTotals> totals = new HashMap<>();
        transactions
                .in(
                        caller.place(),
                        () -> sql.list(query, row -> new Keyed(row.uuid("key"), UsageTotals.read(row)), parameters))
                .forEach(found -> totals.put(found.key(), found.totals()));
        return totals;
    }

    private static List<String> texts(List<UUID> ids) {
        return ids.stream().map(UUID::toString).toList();
    }
}
