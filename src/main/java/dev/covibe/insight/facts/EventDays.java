package dev.covibe.insight.facts;

import dev.covibe.platform.chores.Chore;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.CatchUp;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import dev.covibe.tenancy.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * Keeps the daily counts of events. Writers only add events; whoever reads counts on from the position up to which is
 * counted, and a job does it where nobody reads. Counting twice gives the same rows as counting once, on any number of servers.
 */
@ApplicationScoped
public class EventDays implements Chore {

    /** Fewer uncounted events than these cost a reader nothing, so they wait. */
    private static final int FEWEST = 1_000;

    private static final int MOST = 100_000;
    private static final int MOST_PLACES = 200;

    private final Sql sql;
    private final Workspaces workspaces;
    private final CatchUp catchUp;

    EventDays(Transactions transactions, Sql sql, Workspaces workspaces) {
        this.sql = sql;
        this.workspaces = workspaces;
        this.catchUp = new CatchUp(transactions, sql, "events", this::isWaiting, this::count);
    }

    /** How the counts are brought up to the log. What is not counted yet is read one by one, so nothing is missing meanwhile. */
    public CatchUp catchUp() {
        return catchUp;
    }

    @Override
    public String name() {
        return "event-counts";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        catchUp.everywhere("select * from workspaces_with_uncounted_events(?, ?)", FEWEST, MOST_PLACES);
    }

    private boolean isWaiting(Place place) {
        return sql.one(
                "select count(*) = ? as waiting from (select from uncounted_events() limit ?) e",
                row -> row.bool("waiting"),
                FEWEST,
                FEWEST);
    }

    /** Counts on from the position, as far as the log is closed: nothing can be committed any more before that point. */
    private boolean count(Place place) {
        long counted = sql.one(
                """
                with fresh as (
                    select e.tx, e.seq, e.at, e.developer_id, coalesce(e.agent, '') as agent, e.kind
                      from work_events e
                     where e.workspace_id = ?
                       and (e.tx, e.seq) > ((select coalesce(max(tx), 0) from event_positions where workspace_id = ?),
                                            (select coalesce(max(seq), 0) from event_positions where workspace_id = ?))
                       and e.tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
                     order by e.tx, e.seq limit ?),
                counted as (
                    insert into event_daily as known
                    select ?, (f.at at time zone ?)::date, f.developer_id, f.agent, f.kind, count(*)
                      from fresh f group by 2, 3, 4, 5
                        on conflict (workspace_id, day, developer_id, agent, kind) do update
                       set events = known.events + excluded.events),
                moved as (
                    insert into event_positions
                    select ?, tx, seq from fresh order by tx desc, seq desc limit 1
                        on conflict (workspace_id) do update set tx = excluded.tx, seq = excluded.seq)
                select count(*) as counted from fresh
                """,
                row -> row.bigint("counted"),
                place.workspaceId(),
                place.workspaceId(),
                place.workspaceId(),
                MOST,
                place.workspaceId(),
                workspaces.calendar(place).zone().getId(),
                place.workspaceId());
        return counted == MOST;
    }
}
