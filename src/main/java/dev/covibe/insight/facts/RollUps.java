package dev.covibe.insight.facts;

import dev.covibe.platform.chores.Chore;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Calendar;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import dev.covibe.tenancy.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/**
 * Keeps the daily counts of sessions and events. Writers only leave notes and events; whoever reads counts what is noted
 * first, and a job does it where nobody reads. Counting twice gives the same rows as counting once, on any number of servers.
 */
@ApplicationScoped
public class RollUps implements Chore {

    /** What a reader counts before it reads; the rest is left to the job. */
    private static final int MOST_DAYS = 10;

    /** Fewer uncounted events than these cost a reader nothing, so they wait. */
    private static final int FEWEST_EVENTS = 1_000;

    private static final int MOST_EVENTS = 100_000;
    private static final int MOST_PLACES = 200;
    private static final String FRESH = "covibe.facts.fresh";

    private final Transactions transactions;
    private final Sql sql;
    private final Workspaces workspaces;
    private final TransactionSynchronizationRegistry registry;

    RollUps(Transactions transactions, Sql sql, Workspaces workspaces, TransactionSynchronizationRegistry registry) {
        this.transactions = transactions;
        this.sql = sql;
        this.workspaces = workspaces;
        this.registry = registry;
    }

    @Override
    public String name() {
        return "daily-counts";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        places("select * from workspaces_with_session_notes(?)", MOST_PLACES).forEach(this::refreshAll);
        places("select * from workspaces_with_uncounted_events(?, ?)", FEWEST_EVENTS, MOST_PLACES)
                .forEach(this::refreshAll);
    }

    private List<Place> places(String query, Object... parameters) {
        return transactions.outside(
                () -> sql.list(query, row -> new Place(row.uuid("tenant_id"), row.uuid("workspace_id")), parameters));
    }

    /** Counts everything that waits, however much: after a great many rows were written at once. Outside of any transaction. */
    public void refreshAll(Place place) {
        while (refresh(place)) {
            // Each round is a transaction of its own, so that nobody waits long.
        }
    }

    /**
     * Counts what waits, a bounded part, in transactions of its own.
     *
     * @return whether more may be waiting
     */
    boolean refresh(Place place) {
        Waiting waiting = waiting(place);
        boolean more = waiting.notes()
                && transactions.in(place, () -> {
                    alone(place, "sessions");
                    return sessions(place);
                });
        return (waiting.events()
                        && transactions.in(place, () -> {
                            alone(place, "events");
                            return events(place);
                        }))
                || more;
    }

    /**
     * The same within the running transaction, once in each. Who finds that somebody counts does not wait until their
     * page is done: the count that is there is right but for the last moment.
     */
    void refreshWithin(Place place) {
        if (registry.getResource(FRESH) != null) {
            return;
        }
        registry.putResource(FRESH, true);
        Waiting waiting = waiting(place);
        if (waiting.notes() && aloneAtOnce(place, "sessions")) {
            sessions(place);
        }
        if (waiting.events() && aloneAtOnce(place, "events")) {
            events(place);
        }
    }

    private record Waiting(boolean notes, boolean events) {}

    private Waiting waiting(Place place) {
        return transactions.in(
                place,
                () -> sql.one(
                        """
                        select exists (select from session_notes where workspace_id = ?) as notes,
                               exists (select from work_events e where e.workspace_id = ?
                                          and (e.tx, e.seq) > (coalesce((select tx from event_positions where workspace_id = ?), 0),
                                                               coalesce((select seq from event_positions where workspace_id = ?), 0))
                                        order by e.tx, e.seq offset ? limit 1) as events
                        """,
                        row -> new Waiting(row.bool("notes"), row.bool("events")),
                        place.workspaceId(),
                        place.workspaceId(),
                        place.workspaceId(),
                        place.workspaceId(),
                        FEWEST_EVENTS));
    }

    private boolean aloneAtOnce(Place place, String what) {
        return sql.one(
                "select pg_try_advisory_xact_lock(hashtext(?), hashtext(?)) as locked",
                row -> row.bool("locked"),
                "covibe.facts." + what,
                place.workspaceId().toString());
    }

    private void alone(Place place, String what) {
        sql.one(
                "select pg_advisory_xact_lock(hashtext(?), hashtext(?)) is null as locked",
                row -> row.bool("locked"),
                "covibe.facts." + what,
                place.workspaceId().toString());
    }

    /**
     * Counts the noted days anew. The notes go first: whatever they tell of was committed, so the statements after see it,
     * and what is committed later has a note of its own.
     */
    private boolean sessions(Place place) {
        Calendar calendar = workspaces.calendar(place);
        List<LocalDate> days = sql.list(
                """
                with noted as (
                    select distinct (began_at at time zone ?)::date as day from session_notes
                     where workspace_id = ? order by day desc limit ?),
                heeded as (
                    delete from session_notes n using noted
                     where n.workspace_id = ? and (n.began_at at time zone ?)::date = noted.day)
                select day from noted
                """,
                row -> row.optionalDate("day").orElseThrow(),
                calendar.zone().getId(),
                place.workspaceId(),
                MOST_DAYS,
                place.workspaceId(),
                calendar.zone().getId());
        if (!days.isEmpty()) {
            // A plan made while a table was small, and kept, reads all of it for each session once it has grown.
            sql.list("select set_config('plan_cache_mode', 'force_custom_plan', true)", row -> "");
        }
        days.forEach(day -> sessions(place, calendar, day));
        return days.size() == MOST_DAYS;
    }

    /** Session by session, each by its keys: joined as a whole, sessions that no statistics know yet are read for each other. */
    private void sessions(Place place, Calendar calendar, LocalDate day) {
        sql.update("delete from session_daily where workspace_id = ? and day = ?", place.workspaceId(), day);
        sql.update("""
                insert into session_daily
                with seen as (
                    select s.*, t.project_id, t.workstream_id as stream,
                           greatest(0, extract(epoch from coalesce(s.ended_at, s.last_seen_at) - s.started_at)) as seconds
                      from agent_sessions s
                      left join tasks t on t.workspace_id = s.workspace_id and t.id = s.task_id
                     where s.workspace_id = ? and s.started_at >= ? and s.started_at < ?)
                select s.workspace_id, ?, s.developer_id, s.agent_type, s.agent_name, coalesce(s.model, ''), s.project_id,
                       s.stream, count(*), count(*) filter (where s.ended_at is null),
                       count(*) filter (where s.outcome = 'done'), count(*) filter (where s.outcome = 'partial'),
                       count(*) filter (where s.outcome = 'failed'), count(*) filter (where s.outcome = 'abandoned'),
                       sum(s.seconds)::bigint, count(*) filter (where u.found > 0), coalesce(sum(u.calls), 0),
                       coalesce(sum(u.failed), 0), coalesce(sum(u.tokens), 0), coalesce(sum(u.nanos), 0),
                       coalesce(sum(p.spans), 0), coalesce(sum(p.errors), 0)
                  from seen s
                 cross join lateral (
                    select count(*) as found, sum(r.calls) as calls, sum(r.failed) as failed,
                           sum(r.input_tokens + r.output_tokens + r.cache_read_tokens + r.cache_write_tokens) as tokens,
                           sum(r.reported_nanos + r.computed_nanos + r.estimated_nanos) as nanos
                      from usage_streams c
                      join usage_by_stream r on r.workspace_id = c.workspace_id and r.stream_id = c.id and r.source = c.source
                     where c.workspace_id = s.workspace_id and c.id = s.id) u
                 cross join lateral (
                    select sum(n.spans) as spans, sum(n.errors) as errors
                      from span_by_session n
                     where n.workspace_id = s.workspace_id and n.session_id = s.id and n.operation = 'tool') p
                 group by s.workspace_id, s.developer_id, s.agent_type, s.agent_name, coalesce(s.model, ''), s.project_id, s.stream
                """, place.workspaceId(), calendar.start(day), calendar.start(day.plusDays(1)), day);
    }

    /** Counts on from the position, as far as the log is closed: nothing can be committed any more before that point. */
    private boolean events(Place place) {
        long counted = sql.one(
                """
                with fresh as (
                    select e.tx, e.seq, e.at, e.developer_id, coalesce(e.agent, '') as agent, e.kind
                      from work_events e
                     where e.workspace_id = ?
                       and (e.tx, e.seq) > (coalesce((select tx from event_positions where workspace_id = ?), 0),
                                            coalesce((select seq from event_positions where workspace_id = ?), 0))
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
                MOST_EVENTS,
                place.workspaceId(),
                workspaces.calendar(place).zone().getId(),
                place.workspaceId());
        return counted == MOST_EVENTS;
    }
}
