package dev.covibe.agents.alerts;

import dev.covibe.agents.SessionState;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Calendar;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The rules (AGT-9): the same rows and the same moment give the same findings. docs/alerts.md states each formula; every
 * number of it stands here once. They run inside a workspace's transaction and read roll-ups and sessions.
 */
@ApplicationScoped
class AlertRules {

    static final int FEWEST_CALLS = 20;
    static final double FAILED_CALLS = 0.25;
    static final int FEWEST_ENDINGS = 4;
    static final double BAD_ENDINGS = 0.5;

    static final int TRAILING_DAYS = 14;
    static final int FEWEST_DAYS = 5;
    static final int SPIKE_FACTOR = 2;
    static final long SPIKE_AT_LEAST_NANOS = 5_000_000_000L;

    /** The worst first; more than these in one workspace are one trouble, not many. */
    private static final int MOST = 200;

    private final Sql sql;

    AlertRules(Sql sql) {
        this.sql = sql;
    }

    List<Finding> findings(UUID workspaceId, Calendar calendar, Instant now) {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(failingAgents(workspaceId, calendar, now));
        findings.addAll(silentSessions(workspaceId, now));
        findings.addAll(spikes(workspaceId, calendar, now));
        return findings;
    }

    /** Over today and yesterday: of at least 20 calls a quarter failed, or of at least 4 endings half were bad. */
    private List<Finding> failingAgents(UUID workspaceId, Calendar calendar, Instant now) {
        LocalDate yesterday = calendar.day(now).minusDays(1);
        return sql.list(
                """
                with ends as (
                    select developer_id, agent_type, agent_name, count(*) as ended,
                           count(*) filter (where outcome in ('failed', 'abandoned')) as bad
                      from agent_sessions
                     where workspace_id = ? and ended_at >= ?
                     group by developer_id, agent_type, agent_name),
                used as (
                    select s.developer_id, s.agent_type, s.agent_name, sum(u.calls) as calls, sum(u.failed) as failed
                      from usage_by_stream u
                      join usage_streams t on t.workspace_id = u.workspace_id and t.id = u.stream_id and t.source = u.source
                      join agent_sessions s on s.workspace_id = u.workspace_id and s.id = u.stream_id
                     where u.workspace_id = ? and u.day >= ?
                     group by s.developer_id, s.agent_type, s.agent_name)
                select a.id, a.name, d.handle, coalesce(u.calls, 0) as calls, coalesce(u.failed, 0) as failed,
                       coalesce(e.ended, 0) as ended, coalesce(e.bad, 0) as bad
                  from managed_agents a
                  join developers d on d.id = a.owner_id
                  left join used u on u.developer_id = a.owner_id and u.agent_type = a.agent_type and u.agent_name = a.name
                  left join ends e on e.developer_id = a.owner_id and e.agent_type = a.agent_type and e.agent_name = a.name
                 where a.workspace_id = ? and a.status = 'active'
                   and (u.calls >= ? and u.failed >= ? * u.calls or e.ended >= ? and e.bad >= ? * e.ended)
                 order by coalesce(u.failed, 0) + coalesce(e.bad, 0) desc, a.id limit ?
                """,
                row -> finding(AlertKind.FAILING_AGENT, row, "calls", "failed", "ended", "bad"),
                workspaceId,
                calendar.start(yesterday),
                workspaceId,
                yesterday,
                workspaceId,
                FEWEST_CALLS,
                FAILED_CALLS,
                FEWEST_ENDINGS,
                BAD_ENDINGS,
                MOST);
    }

    /** Open sessions that give no sign: idle ones while their task is in progress, stale ones always. */
    private List<Finding> silentSessions(UUID workspaceId, Instant now) {
        Instant idle = now.minus(SessionState.IDLE_AFTER);
        Instant stale = SessionState.staleSince(now);
        return sql.list(
                """
                select s.id, s.agent_name as name, d.handle, s.last_seen_at, s.last_seen_at <= ? as stale,
                       p.key || '-' || t.number as task
                  from agent_sessions s
                  join developers d on d.id = s.developer_id
                  left join tasks t on t.id = s.task_id
                  left join projects p on p.id = t.project_id
                 where s.workspace_id = ? and s.ended_at is null and s.last_seen_at <= ?
                   and (s.last_seen_at <= ? or t.status = 'in_progress')
                 order by s.last_seen_at, s.id limit ?
                """,
                row -> {
                    Map<String, Object> figures = named(row);
                    figures.put("last_seen_at", row.instant("last_seen_at").toString());
                    row.optionalText("task").ifPresent(task -> figures.put("task", task));
                    return new Finding(
                            row.bool("stale") ? AlertKind.STALE_SESSION : AlertKind.IDLE_SESSION,
                            row.uuid("id"),
                            figures);
                },
                stale,
                workspaceId,
                idle,
                stale,
                MOST);
    }

    /**
     * The cost of a day, today or yesterday, against the median of the 14 days before it: twice as much and at least $5
     * more, where at least 5 of those days had any cost. For the workspace, and for each developer. The median is that of
     * the days with cost, so that weekends do not make every Monday a spike.
     */
    private List<Finding> spikes(UUID workspaceId, Calendar calendar, Instant now) {
        LocalDate today = calendar.day(now);
        return sql.list(
                """
                with daily as (
                    select day, developer_id, sum(reported_nanos + computed_nanos + estimated_nanos) as nanos
                      from usage_daily where workspace_id = ? and day between ? and ?
                     group by grouping sets ((day), (day, developer_id))),
                looked as (select d::date as day from generate_series(?::date, ?::date, interval '1 day') as d),
                compared as (
                    select l.day, c.developer_id, c.nanos, m.median, m.days
                      from looked l
                      join daily c on c.day = l.day
                     cross join lateral (
                        select percentile_cont(0.5) within group (order by b.nanos::float8) as median, count(*) as days
                          from daily b
                         where b.developer_id is not distinct from c.developer_id
                           and b.day between l.day - ? and l.day - 1 and b.nanos > 0) m),
                found as (
                    select distinct on (developer_id) * from compared
                     where days >= ? and nanos >= ? * median and nanos - median >= ?
                     order by developer_id, day desc)
                select coalesce(f.developer_id, ?) as id, d.handle, f.day, least(f.nanos, 9e18)::bigint as nanos, least(round(f.median), 9e18)::bigint as median,
                       f.days
                  from found f left join developers d on d.id = f.developer_id
                 order by f.nanos desc limit ?
                """,
                row -> {
                    Map<String, Object> figures = new LinkedHashMap<>();
                    row.optionalText("handle").ifPresent(handle -> figures.put("developer", handle));
                    figures.put("day", row.optionalDate("day").orElseThrow().toString());
                    figures.put("cost_nanos", row.bigint("nanos"));
                    figures.put("median_nanos", row.bigint("median"));
                    figures.put("median_of_days", row.bigint("days"));
                    return new Finding(AlertKind.SPEND_SPIKE, row.uuid("id"), figures);
                },
                workspaceId,
                today.minusDays(TRAILING_DAYS + 1),
                today,
                today.minusDays(1),
                today,
                TRAILING_DAYS,
                FEWEST_DAYS,
                SPIKE_FACTOR,
                SPIKE_AT_LEAST_NANOS,
                workspaceId,
                MOST);
    }

    private static Map<String, Object> named(Row row) throws SQLException {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("developer", row.text("handle"));
        figures.put("agent", row.text("name"));
        return figures;
    }

    private static Finding finding(AlertKind kind, Row row, String... columns) throws SQLException {
        Map<String, Object> figures = named(row);
        for (String column : columns) {
            figures.put(column, row.bigint(column));
        }
        return new Finding(kind, row.uuid("id"), figures);
    }
}
