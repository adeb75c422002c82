package dev.covibe.insight.facts;

import dev.covibe.agents.usage.UsageTotals;
import java.util.Map;
import java.util.Set;

/** Where each fact is read, what it is summed up to, and what it can be told apart by. */
enum Source {
    /** Usage without tasks: fewer rows by as many tasks as there are in a day. */
    USAGE_OF_DAYS(
            "insight_usage_days",
            UsageTotals.SUMS,
            Map.of(
                    Dimension.DEVELOPER, "developer_id::text",
                    Dimension.AGENT, "agent_type",
                    Dimension.MODEL, "provider || '/' || model",
                    Dimension.ATTRIBUTED, "case when attributed then 'task' end")),
    USAGE_OF_TASKS(
            "insight_usage",
            UsageTotals.SUMS,
            Map.of(
                    Dimension.DEVELOPER, "developer_id::text",
                    Dimension.AGENT, "agent_type",
                    Dimension.MODEL, "provider || '/' || model",
                    Dimension.TASK, "task_id::text",
                    Dimension.ATTRIBUTED, "case when task_id is not null then 'task' end",
                    Dimension.PROJECT, "project_id::text",
                    Dimension.WORKSTREAM, "workstream_id::text")),
    SESSIONS(
            "session_daily",
            sums(
                    "sessions",
                    "open",
                    "done",
                    "partly_done",
                    "failed",
                    "abandoned",
                    "seconds",
                    "covered",
                    "calls",
                    "failed_calls",
                    "tokens",
                    "cost_nanos",
                    "tools",
                    "tool_errors"),
            Map.of(
                    Dimension.DEVELOPER, "developer_id::text",
                    Dimension.AGENT, "agent_type",
                    Dimension.MANAGED_AGENT, "developer_id::text || '/' || agent_type || '/' || agent_name",
                    Dimension.MODEL, "nullif(model, '')",
                    Dimension.PROJECT, "project_id::text",
                    Dimension.WORKSTREAM, "workstream_id::text")),
    EVENTS(
            "insight_events",
            sums("events"),
            Map.of(
                    Dimension.DEVELOPER, "developer_id::text",
                    Dimension.AGENT, "nullif(agent, '')",
                    Dimension.ANSWER, "case when kind in ('unblocked', 'decided') then 'answer' end",
                    Dimension.KIND, "kind")),
    COMPLETIONS(
            "insight_completions",
            "count(*) as tasks, coalesce(sum(cycle_seconds), 0)::bigint as cycle_seconds",
            Map.of(
                    Dimension.DEVELOPER, "developer_id::text",
                    Dimension.TASK, "task_id::text",
                    Dimension.PROJECT, "project_id::text",
                    Dimension.WORKSTREAM, "workstream_id::text")),
    SPANS(
            "insight_spans",
            sums("spans", "errors", "duration_ms")
                    + ", coalesce(sum(spans) filter (where operation = 'tool'), 0)::bigint as tools"
                    + ", coalesce(sum(errors) filter (where operation = 'tool'), 0)::bigint as tool_errors",
            Map.of(
                    Dimension.DEVELOPER, "developer_id::text",
                    Dimension.AGENT, "agent_type",
                    Dimension.MODEL, "nullif(model, '')",
                    Dimension.TOOL, "nullif(tool, '')"));

    private final String relation;
    private final String sums;
    private final Map<Dimension, String> columns;

    Source(String relation, String sums, Map<Dimension, String> columns) {
        this.relation = relation;
        this.sums = sums;
        this.columns = columns;
    }

    private static String sums(String... columns) {
        StringBuilder sums = new StringBuilder();
        for (String column : columns) {
            sums.append(sums.isEmpty() ? "" : ", ").append("coalesce(sum(%1$s), 0) as %1$s".formatted(column));
        }
        return sums.toString();
    }

    /** The shortest of those that can tell usage apart as a slice wants it. */
    static Source usage(Slice slice) {
        Set<Dimension> known = USAGE_OF_DAYS.columns.keySet();
        return known.containsAll(slice.by()) && known.containsAll(slice.only().keySet())
                ? USAGE_OF_DAYS
                : USAGE_OF_TASKS;
    }

    String relation() {
        return relation;
    }

    String sums() {
        return sums;
    }

    /** @throws IllegalArgumentException when the fact is not counted by it */
    String column(Dimension dimension) {
        String column = columns.get(dimension);
        if (column == null) {
            throw new IllegalArgumentException(this + " are not counted by " + dimension + ".");
        }
        return column;
    }
}
