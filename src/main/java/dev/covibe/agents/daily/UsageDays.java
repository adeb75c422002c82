package dev.covibe.agents.daily;

import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.platform.chores.Chore;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.CatchUp;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/**
 * Adds up the usage of days without its tasks, and by its tasks alone. Writers only note the day, and a noted day is read
 * as it was written; so nobody waits for this, and nobody sees less without it. Adding up twice gives the same rows as
 * adding up once, on any number of servers.
 */
@ApplicationScoped
public class UsageDays implements Chore {

    private static final int MOST_DAYS = 30;
    private static final int MOST_PLACES = 200;

    private static final String WITH_PROJECTS = """
            select d.*, t.project_id
              from usage_daily d
              left join tasks t on t.workspace_id = d.workspace_id and t.id = d.task_id
             where d.workspace_id = ? and d.day = any(?::date[])""";

    private final Sql sql;
    private final CatchUp catchUp;

    UsageDays(Transactions transactions, Sql sql) {
        this.sql = sql;
        this.catchUp = new CatchUp(transactions, sql, "usage", this::isNoted, this::count);
    }

    /** How the totals are brought up to what is noted. */
    public CatchUp catchUp() {
        return catchUp;
    }

    @Override
    public String name() {
        return "usage-totals";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        catchUp.everywhere("select * from workspaces_with_usage_notes(?)", MOST_PLACES);
    }

    private boolean isNoted(Place place) {
        return sql.one(
                "select exists (select from usage_day_notes where workspace_id = ?) as noted",
                row -> row.bool("noted"),
                place.workspaceId());
    }

    /**
     * Adds up the noted days anew. The notes go first: whatever they tell of was committed, so the statements after see it,
     * and what is committed later has a note of its own.
     */
    private boolean count(Place place) {
        List<String> days = sql.list("""
                with noted as (
                    select distinct day from usage_day_notes where workspace_id = ? order by day desc limit ?),
                heeded as (
                    delete from usage_day_notes n using noted where n.workspace_id = ? and n.day = noted.day)
                select day::text as day from noted
                """, row -> row.text("day"), place.workspaceId(), MOST_DAYS, place.workspaceId());
        addUp(
                place,
                days,
                "usage_day_totals",
                "developer_id, agent_type, provider, model, attributed",
                "developer_id, agent_type, provider, model, task_id is not null");
        addUp(place, days, "usage_task_totals", "task_id, project_id", "task_id, project_id");
        return days.size() == MOST_DAYS;
    }

    private void addUp(Place place, List<String> days, String table, String columns, String keys) {
        sql.update(
                "delete from " + table + " where workspace_id = ? and day = any(?::date[])", place.workspaceId(), days);
        sql.update(
                "insert into " + table + " (workspace_id, day, " + columns + ", " + UsageTotals.COLUMNS
                        + ") select workspace_id, day, " + keys + ", " + UsageTotals.SUMS
                        + " from (" + WITH_PROJECTS + ") u group by workspace_id, day, " + keys,
                place.workspaceId(),
                days);
    }
}
