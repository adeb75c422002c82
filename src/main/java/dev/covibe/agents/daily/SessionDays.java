package dev.covibe.agents.daily;

import dev.covibe.platform.chores.Chore;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Calendar;
import dev.covibe.tenancy.CatchUp;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import dev.covibe.tenancy.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/**
 * Keeps the daily counts of sessions and of agents. Writers only leave notes. Counting twice gives the same rows as counting
 * once, on any number of servers.
 */
@ApplicationScoped
public class SessionDays implements Chore {

    /** What a reader counts before it reads; the rest is left to the job. */
    private static final int MOST_DAYS = 10;

    private static final int MOST_PLACES = 200;

    private final Sql sql;
    private final Workspaces workspaces;
    private final CatchUp catchUp;

    SessionDays(Transactions transactions, Sql sql, Workspaces workspaces) {
        this.sql = sql;
        this.workspaces = workspaces;
        this.catchUp = new CatchUp(transactions, sql, "sessions", this::isNoted, this::count);
    }

    /** How the counts are brought up to what is noted. */
    public CatchUp catchUp() {
        return catchUp;
    }

    @Override
    public String name() {
        return "session-counts";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    @Override
    public void run() {
        catchUp.everywhere("select * from workspaces_with_session_notes(?)", MOST_PLACES);
    }

    private boolean isNoted(Place place) {
        return sql.one(
                "select exists (select from session_notes where workspace_id = ?) as noted",
                row -> row.bool("noted"),
                place.workspaceId());
    }

    /**
     * Counts the noted days anew. The notes go first: whatever they tell of was committed, so the statements after see it,
     * and what is committed later has a note of its own.
     */
    private boolean count(Place place) {
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
            sql.call("select set_config('plan_cache_mode', 'force_custom_plan', true)");
        }
        days.forEach(day -> {
            sessions(place, calendar, day);
            agents(place, calendar, day);
        });
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

    /** Sessions of an agent that overlap are laid over one another before their time is added. */
    private void agents(Place place, Calendar calendar, LocalDate day) {
        sql.update("delete from agent_daily where workspace_id = ? and day = ?", place.workspaceId(), day);
        sql.update("""
                insert into agent_daily
                select a.workspace_id, ?, a.developer_id, a.agent_type, a.agent_name,
                       (select coalesce(sum(extract(epoch from upper(r) - lower(r))), 0)::bigint from unnest(a.times) as r)
                  from (select workspace_id, developer_id, agent_type, agent_name,
                               range_agg(tstzrange(started_at, greatest(started_at,
                                   least(last_seen_at, coalesce(ended_at, last_seen_at))), '[]')) as times
                          from agent_sessions
                         where workspace_id = ? and started_at >= ? and started_at < ?
                         group by workspace_id, developer_id, agent_type, agent_name) a
                """, day, place.workspaceId(), calendar.start(day), calendar.start(day.plusDays(1)));
    }
}
