package dev.covibe.agents.usage;

import dev.covibe.identity.Caller;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Writes spans (AGT-8), each once. */
@ApplicationScoped
class SpanRows {

    private final Sql sql;
    private final UsageRows rows;

    SpanRows(Sql sql, UsageRows rows) {
        this.sql = sql;
        this.rows = rows;
    }

    void insert(Caller caller, Batch batch, Attribution.Sessions sessions) {
        Map<UUID, SpanItem> first = new LinkedHashMap<>();
        batch.spans.forEach(span -> {
            if (first.putIfAbsent(span.key(), span) != null) {
                batch.duplicate(span.index());
            }
        });
        Set<UUID> fresh = rows.unseen(caller, first.values(), SpanItem::key, SpanItem::at);
        first.forEach((key, span) -> {
            if (!fresh.contains(key)) {
                batch.duplicate(span.index());
            }
        });
        List<SpanItem> spans = first.values().stream()
                .filter(span -> fresh.contains(span.key()))
                .toList();
        if (spans.isEmpty()) {
            return;
        }
        sql.update(
                """
                insert into spans (workspace_id, at, id, trace_id, span_id, parent_span_id, developer_id, session_id, task_id,
                                   agent_type, operation, tool, provider, model, status, error_class, duration_ms)
                select ?, timestamptz 'epoch' + g.at * interval '1 microsecond', g.id, g.trace_id, g.span_id, g.parent_span_id,
                       ?, g.session_id, g.task_id, g.agent_type, g.operation, g.tool, g.provider, g.model, g.status,
                       g.error_class, g.duration
                  from unnest(?, ?::uuid[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::uuid[], ?::text[], ?::text[],
                              ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?)
                       as g (at, id, trace_id, span_id, parent_span_id, session_id, task_id, agent_type, operation, tool,
                             provider, model, status, error_class, duration)
                """,
                caller.workspaceId(),
                caller.developerId(),
                spans.stream().mapToLong(span -> UsageRows.micros(span.at())).toArray(),
                texts(spans, span -> Ids.next().toString()),
                texts(spans, SpanItem::traceId),
                texts(spans, SpanItem::spanId),
                texts(spans, span -> span.parentSpanId().orElse(null)),
                texts(
                        spans,
                        span -> sessions.of(span.sitting()).map(UUID::toString).orElse(null)),
                texts(spans, span -> sessions.task(sessions.of(span.sitting()), span.at())
                        .map(UUID::toString)
                        .orElse(null)),
                texts(spans, span -> span.sitting().agent().key()),
                texts(spans, span -> span.operation().key()),
                texts(spans, span -> span.tool().orElse(null)),
                texts(spans, span -> span.provider().orElse(null)),
                texts(spans, span -> span.model().orElse(null)),
                texts(spans, span -> span.status().key()),
                texts(spans, span -> span.errorClass().orElse(null)),
                spans.stream().mapToLong(SpanItem::durationMillis).toArray());
    }

    private static String[] texts(List<SpanItem> spans, Function<SpanItem, String> of) {
        return spans.stream().map(of).toArray(String[]::new);
    }
}
