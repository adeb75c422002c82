package dev.covibe.coordination.summary;

import dev.covibe.identity.Caller;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What a week's summary is made of, a bounded part of each. Runs within one transaction, so that it is of one moment. */
@ApplicationScoped
class SummaryQueries {

    static final int MOST = 50;

    private static final int MOST_COUNTED = 1_000;
    private static final int LONGEST_NOTE = 200;

    private static final String ITEM = """
            select p.key || '-' || t.number as key, t.title, o.handle as owner, t.note
              from (%s) t
              join projects p on p.id = t.project_id
              left join developers o on o.id = t.owner_id
             order by t.at, t.id
            """;

    /** A change is never older than the end, so the index on changes finds what ended. */
    private static final String ENDED = """
            from tasks t
            where t.workspace_id = ? and t.status = '%s' and t.updated_at >= ? and t.ended_at >= ? and t.ended_at < ?
            """;

    /** Under way when the week ended: still now, or ended since. */
    private static final String UNDER_WAY = """
            from tasks t
            where t.workspace_id = ? and t.started_at < ?
              and (t.status in ('in_progress', 'in_review')
                or (t.status in ('done', 'cancelled') and t.updated_at >= ? and t.ended_at >= ?))
            """;

    private static final String HELD_UP = """
            from blockers b
            join tasks t on t.id = b.task_id
            where b.workspace_id = ? and b.raised_at < ? and (b.resolved_at is null or b.resolved_at >= ?)
              and (t.ended_at is null or t.ended_at >= ?)
            """;

    private static final String DECIDED =
            "from decisions d where d.workspace_id = ? and d.decided_at >= ? and d.decided_at < ?";

    private static final String SAME = """
            from overlap_answers a
            where a.workspace_id = ? and a.verdict = 'same' and a.answered_at >= ? and a.answered_at < ?
            """;

    private final Sql sql;

    SummaryQueries(Sql sql) {
        this.sql = sql;
    }

    ZoneId zone(Caller caller) {
        return ZoneId.of(sql.one(
                "select time_zone from workspaces where id = ?", row -> row.text("time_zone"), caller.workspaceId()));
    }

    List<WeekSummary.Item> done(Caller caller, Week week) {
        return items(
                "select t.id, t.project_id, t.number, t.title, t.owner_id, t.completion_summary as note, t.ended_at as at "
                        + ENDED.formatted("done") + " order by t.ended_at, t.id limit " + MOST,
                ended(caller, week));
    }

    WeekSummary.Figures figures(Caller caller, Week week) {
        Object[] between = {caller.workspaceId(), week.from(), week.to()};
        return new WeekSummary.Figures(
                count(ENDED.formatted("done"), ended(caller, week)),
                count(ENDED.formatted("cancelled"), ended(caller, week)),
                count(UNDER_WAY, underWay(caller, week)),
                count(HELD_UP, underWay(caller, week)),
                count(DECIDED, between),
                count(SAME, between));
    }

    private int count(String from, Object... parameters) {
        return sql.one(
                "select count(*) as many from (select 1 " + from + " limit " + MOST_COUNTED + ") found",
                row -> row.integer("many"),
                parameters);
    }

    private static Object[] ended(Caller caller, Week week) {
        return new Object[] {caller.workspaceId(), week.from(), week.from(), week.to()};
    }

    private static Object[] underWay(Caller caller, Week week) {
        return new Object[] {caller.workspaceId(), week.to(), week.to(), week.to()};
    }

    List<WeekSummary.Item> inProgress(Caller caller, Week week) {
        return items(
                "select t.id, t.project_id, t.number, t.title, t.owner_id, null as note, t.started_at as at "
                        + UNDER_WAY + " order by t.started_at, t.id limit " + MOST,
                underWay(caller, week));
    }

    List<WeekSummary.Item> blocked(Caller caller, Week week) {
        return items(
                "select b.id, t.project_id, t.number, t.title, t.owner_id, b.kind || ': ' || b.body as note,"
                        + " b.raised_at as at " + HELD_UP + " order by b.raised_at, b.id limit " + MOST,
                underWay(caller, week));
    }

    private List<WeekSummary.Item> items(String found, Object... parameters) {
        return sql.list(ITEM.formatted(found), SummaryQueries::item, parameters);
    }

    private static WeekSummary.Item item(Row row) throws SQLException {
        return new WeekSummary.Item(
                row.text("key"),
                row.text("title"),
                row.optionalText("owner"),
                row.optionalText("note").map(SummaryQueries::line).filter(note -> !note.isEmpty()));
    }

    private static String line(String text) {
        String line = text.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_NOTE ? line : line.substring(0, LONGEST_NOTE) + "…";
    }

    List<WeekSummary.Choice> decisions(Caller caller, Week week) {
        return sql.list(
                "select d.question, d.choice, b.handle from (select d.* " + DECIDED
                        + " order by d.decided_at, d.id limit " + MOST
                        + ") d join developers b on b.id = d.decided_by order by d.decided_at, d.id",
                row -> new WeekSummary.Choice(line(row.text("question")), line(row.text("choice")), row.text("handle")),
                caller.workspaceId(),
                week.from(),
                week.to());
    }

    List<WeekSummary.Pair> overlapsAvoided(Caller caller, Week week) {
        return sql.list(
                "select one.key as one, other.key as other, b.handle from (select a.* " + SAME
                        + " order by a.answered_at, a.one_id, a.other_id limit " + MOST + """
                        ) a
                          join overlap_footprints one
                            on one.workspace_id = a.workspace_id and one.subject_id = a.one_id
                          join overlap_footprints other
                            on other.workspace_id = a.workspace_id and other.subject_id = a.other_id
                          join developers b on b.id = a.answered_by
                         order by a.answered_at, one.key, other.key
                        """,
                row -> new WeekSummary.Pair(row.text("one"), row.text("other"), row.text("handle")),
                caller.workspaceId(),
                week.from(),
                week.to());
    }

    Optional<String> name(Caller caller) {
        return sql.first("select name from workspaces where id = ?", row -> row.text("name"), caller.workspaceId());
    }
}
