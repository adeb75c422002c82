package dev.covibe.insight.facts;

import dev.covibe.agents.usage.UsageTotals;
import java.util.Map;

/** Where each fact is read, what it is summed up to, and what it can be told apart by. */
enum Source {
    /** Usage without tasks: fewer rows by as many tasks as there are in a day. */
    USAGE_OF_DAYS(
            "insight_usage_days",
            UsageTotals.SUMS,
            Map.of(
                    Dimension.DEVELOPER,
                    id("developer_id"),
                    Dimension.AGENT,
                    same("agent_type"),
                    Dimension.MODEL,
                    ofProvider(),
                    Dimension.ATTRIBUTED,
                    new Column("case when attributed then 'task' end", "attributed"))),
    /** Usage by nothing but its tasks: fewer rows by as many models and agents as a task takes in a day. */
    USAGE_OF_TASKS(
            "insight_usage_tasks",
            UsageTotals.SUMS,
            Map.of(
                    Dimension.TASK, id("task_id"),
                    Dimension.ATTRIBUTED, ofTask(),
                    Dimension.PROJECT, id("project_id"),
                    Dimension.WORKSTREAM, id("workstream_id"))),
    USAGE(
            "insight_usage",
            UsageTotals.SUMS,
            Map.of(
                    Dimension.DEVELOPER, id("developer_id"),
                    Dimension.AGENT, same("agent_type"),
                    Dimension.MODEL, ofProvider(),
                    Dimension.TASK, id("task_id"),
                    Dimension.ATTRIBUTED, ofTask(),
                    Dimension.PROJECT, id("project_id"),
                    Dimension.WORKSTREAM, id("workstream_id"))),
    /** Sessions without models, projects and workstreams. */
    SESSIONS_OF_DAYS(
            "session_day_totals",
            SessionFigures.SUMS,
            Map.of(
                    Dimension.DEVELOPER, id("developer_id"),
                    Dimension.AGENT, same("agent_type"),
                    Dimension.MANAGED_AGENT, agent())),
    SESSIONS(
            "session_daily",
            SessionFigures.SUMS,
            Map.of(
                    Dimension.DEVELOPER, id("developer_id"),
                    Dimension.AGENT, same("agent_type"),
                    Dimension.MANAGED_AGENT, agent(),
                    Dimension.MODEL, orNone("model"),
                    Dimension.PROJECT, id("project_id"),
                    Dimension.WORKSTREAM, id("workstream_id"))),
    EVENTS(
            "insight_events",
            sums("events"),
            Map.of(
                    Dimension.DEVELOPER, id("developer_id"),
                    Dimension.AGENT, orNone("agent"),
                    Dimension.ANSWER, same("case when kind in ('unblocked', 'decided') then 'answer' end"),
                    Dimension.KIND, same("kind"))),
    COMPLETIONS(
            "insight_completions",
            "count(*) as tasks, coalesce(sum(cycle_seconds), 0)::bigint as cycle_seconds",
            Map.of(
                    Dimension.DEVELOPER, id("developer_id"),
                    Dimension.TASK, id("task_id"),
                    Dimension.PROJECT, id("project_id"),
                    Dimension.WORKSTREAM, id("workstream_id"))),
    SPANS(
            "insight_spans",
            sums("spans", "errors", "duration_ms")
                    + ", coalesce(sum(spans) filter (where operation = 'tool'), 0)::bigint as tools"
                    + ", coalesce(sum(errors) filter (where operation = 'tool'), 0)::bigint as tool_errors",
            Map.of(
                    Dimension.DEVELOPER,
                    id("developer_id"),
                    Dimension.AGENT,
                    same("agent_type"),
                    Dimension.MODEL,
                    orNone("model"),
                    Dimension.TOOL,
                    orNone("tool")));

    /**
     * @param key the key as text, or as an id
     * @param groups what is grouped by, with the same result and for less: ids and columns as they are
     * @param condition holds for the rows of one key, which is its parameter
     */
    record Column(String key, String groups, String condition) {
        private Column(String key, String groups) {
            this(key, groups, key + " = ?");
        }
    }

    private final String relation;
    private final String sums;
    private final Map<Dimension, Column> columns;

    Source(String relation, String sums, Map<Dimension, Column> columns) {
        this.relation = relation;
        this.sums = sums;
        this.columns = columns;
    }

    private static Column id(String column) {
        return new Column(column, column, column + " = ?::uuid");
    }

    private static Column agent() {
        return new Column(
                "developer_id || '/' || agent_type || '/' || agent_name", "developer_id, agent_type, agent_name");
    }

    private static Column ofProvider() {
        return new Column("provider || '/' || model", "provider, model");
    }

    private static Column ofTask() {
        return same("case when task_id is not null then 'task' end");
    }

    /** Where an empty text stands for none. */
    private static Column orNone(String column) {
        return new Column("nullif(%s, '')".formatted(column), column);
    }

    private static Column same(String expression) {
        return new Column(expression, expression);
    }

    private static String sums(String... columns) {
        StringBuilder sums = new StringBuilder();
        for (String column : columns) {
            sums.append(sums.isEmpty() ? "" : ", ").append("coalesce(sum(%1$s), 0) as %1$s".formatted(column));
        }
        return sums.toString();
    }

    /** The shortest that tells usage apart as a slice wants it. */
    static Source usage(Slice slice) {
        return first(slice, USAGE_OF_DAYS, USAGE_OF_TASKS, USAGE);
    }

    /** The shortest that tells sessions apart as a slice wants it. */
    static Source sessions(Slice slice) {
        return first(slice, SESSIONS_OF_DAYS, SESSIONS);
    }

    private static Source first(Slice slice, Source... shortestFirst) {
        for (Source source : shortestFirst) {
            if (source.columns.keySet().containsAll(slice.by())
                    && source.columns.keySet().containsAll(slice.only().keySet())) {
                return source;
            }
        }
        return shortestFirst[shortestFirst.length - 1];
    }

    String relation() {
        return relation;
    }

    String sums() {
        return sums;
    }

    /** @throws IllegalArgumentException when the fact is not counted by it */
    Column column(Dimension dimension) {
        Column column = columns.get(dimension);
        if (column == null) {
            throw new IllegalArgumentException(this + " are not counted by " + dimension + ".");
        }
        return column;
    }
}
