package dev.covibe.agents.usage;

import dev.covibe.agents.usage.SessionScore.Facts;
import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A session looked at closely: its single calls, its spans and its score. Raw telemetry lasts as long as the company keeps it. */
@ApplicationScoped
public class SessionUsage {

    private final Transactions transactions;
    private final Sql sql;

    SessionUsage(Transactions transactions, Sql sql) {
        this.transactions = transactions;
        this.sql = sql;
    }

    /**
     * One reported use.
     *
     * @param counted whether its source is the one that counts for the session
     * @param costNanos billionths of a US dollar; empty without a price
     * @param basis how the cost is known: {@code reported}, {@code computed} or {@code estimated}
     */
    @RegisterForReflection
    public record Call(
            Instant at,
            String source,
            boolean counted,
            String provider,
            String model,
            long inputTokens,
            long outputTokens,
            long cacheReadTokens,
            long cacheWriteTokens,
            long reasoningTokens,
            Optional<Long> costNanos,
            Optional<String> basis,
            Optional<Long> latencyMillis,
            Optional<String> errorClass) {}

    /** One timed step, without a name or content. */
    @RegisterForReflection
    public record Span(
            String traceId,
            String spanId,
            Optional<String> parentSpanId,
            Instant at,
            long durationMillis,
            String operation,
            Optional<String> tool,
            Optional<String> model,
            String status,
            Optional<String> errorClass) {}

    /** The latest of the session's reported uses, the newest first. */
    public List<Call> calls(Caller caller, UUID sessionId, int limit) {
        return transactions.in(
                caller.place(), () -> sql.list("""
                        select e.*, e.source = s.source as counted
                          from usage_events e
                          join usage_streams s on s.workspace_id = e.workspace_id and s.id = e.session_id
                         where e.workspace_id = ? and e.session_id = ?
                         order by e.at desc, e.id desc limit ?
                        """, SessionUsage::call, caller.workspaceId(), sessionId, limit));
    }

    private static Call call(Row row) throws SQLException {
        return new Call(
                row.instant("at"),
                row.text("source"),
                row.bool("counted"),
                row.text("provider"),
                row.text("model"),
                row.bigint("input_tokens"),
                row.bigint("output_tokens"),
                row.bigint("cache_read_tokens"),
                row.bigint("cache_write_tokens"),
                row.bigint("reasoning_tokens"),
                row.optionalText("cost_nanos").map(Long::valueOf),
                row.optionalText("cost_source"),
                row.optionalText("latency_ms").map(Long::valueOf),
                row.optionalText("error_class"));
    }

    /** The latest of the session's spans, the newest first. */
    public List<Span> spans(Caller caller, UUID sessionId, int limit) {
        return spans(caller, "session_id = ?", " order by at desc, id desc limit ?", sessionId, limit);
    }

    /** All spans of a trace in the order in which they began, the longer ones first, at most {@code limit}. */
    public List<Span> trace(Caller caller, String traceId, int limit) {
        return spans(caller, "trace_id = ?", " order by at, duration_ms desc, id limit ?", traceId, limit);
    }

    private List<Span> spans(Caller caller, String condition, String order, Object id, int limit) {
        return transactions.in(
                caller.place(),
                () -> sql.list(
                        "select * from spans where workspace_id = ? and " + condition + order,
                        row -> new Span(
                                row.text("trace_id"),
                                row.text("span_id"),
                                row.optionalText("parent_span_id"),
                                row.instant("at"),
                                row.bigint("duration_ms"),
                                row.text("operation"),
                                row.optionalText("tool"),
                                row.optionalText("model"),
                                row.text("status"),
                                row.optionalText("error_class")),
                        caller.workspaceId(),
                        id,
                        limit));
    }

    private static final String FACTS = """
            select s.id, s.outcome, s.task_id is not null as on_task, st.source,
                   coalesce(sum(u.calls), 0) as calls, coalesce(sum(u.failed), 0) as failed,
                   coalesce(sum(u.input_tokens + u.output_tokens), 0) as tokens,
                   coalesce(sum(u.input_tokens + u.output_tokens) filter (where u.task_id is not null), 0) as attributed
              from agent_sessions s
              left join usage_streams st on st.workspace_id = s.workspace_id and st.id = s.id
              left join usage_by_stream u
                     on u.workspace_id = s.workspace_id and u.stream_id = s.id and u.source = st.source
             where s.workspace_id = ? and s.id = any(?::uuid[])
             group by s.id, s.outcome, s.ended_at, s.task_id, st.source
            """;

    /** @throws Refusal.NotFound {@code session.unknown} */
    public SessionScore score(Caller caller, UUID sessionId) {
        return scored(caller, List.of(sessionId)).values().stream()
                .findFirst()
                .orElseThrow(() -> Refusal.notFound(
                        "session.unknown", "There is no session " + sessionId + " in this workspace."));
    }

    /** The points of each of many sessions. */
    public Map<UUID, Integer> scores(Caller caller, List<UUID> sessionIds) {
        Map<UUID, Integer> points = new HashMap<>();
        scored(caller, sessionIds).forEach((id, score) -> points.put(id, score.points()));
        return points;
    }

    private Map<UUID, SessionScore> scored(Caller caller, List<UUID> sessionIds) {
        record Scored(UUID id, SessionScore score) {}
        Map<UUID, SessionScore> scores = new HashMap<>();
        transactions
                .in(
                        caller.place(),
                        () -> sql.list(
                                FACTS,
                                row -> new Scored(row.uuid("id"), SessionScore.of(facts(row))),
                                caller.workspaceId(),
                                sessionIds.stream().map(UUID::toString).toList()))
                .forEach(scored -> scores.put(scored.id(), scored.score()));
        return scores;
    }

    private static Facts facts(Row row) throws SQLException {
        return new Facts(
                row.optionalText("outcome"),
                row.bool("on_task"),
                row.optionalText("source").map(UsageSource::of),
                row.bigint("calls"),
                row.bigint("failed"),
                row.bigint("tokens"),
                row.bigint("attributed"));
    }
}
