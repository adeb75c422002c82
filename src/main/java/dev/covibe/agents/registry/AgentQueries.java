package dev.covibe.agents.registry;

import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Managed agents and their figures, derived from sessions, usage and spans and never stored (AGT-7). */
@ApplicationScoped
public class AgentQueries {

    public static final int DAYS = 30;
    public static final int MOST_DAYS = 366;

    private static final int MOST = 500;

    /**
     * {@code seen} are the sessions that began in the days; usage and spans are found by them. Sessions that overlap are
     * laid over one another before their hours are added.
     */
    private static final String FIGURES = """
            with agents as (select * from managed_agents where workspace_id = ? and %s order by created_at, id limit ?),
            seen as (
                select a.id as agent_id, s.*
                  from agents a
                  join agent_sessions s on s.workspace_id = a.workspace_id and s.developer_id = a.owner_id
                       and s.agent_type = a.agent_type and s.agent_name = a.name
                 where s.started_at >= ? and s.started_at <= ?),
            sat as (
                select agent_id, count(*) as sessions,
                       count(distinct (started_at at time zone (select w.time_zone from workspaces w where w.id = workspace_id))::date) as active_days,
                       count(*) filter (where ended_at is not null) as ended,
                       count(*) filter (where outcome = 'done') as done,
                       range_agg(tstzrange(started_at, greatest(started_at, least(last_seen_at, coalesce(ended_at, last_seen_at))), '[]')) as times
                  from seen group by agent_id),
            used as (
                select n.agent_id, count(distinct n.id) as covered, sum(u.calls) as calls, sum(u.failed) as failed,
                       sum(u.input_tokens + u.output_tokens + u.cache_read_tokens + u.cache_write_tokens) as tokens,
                       sum(u.reported_nanos + u.computed_nanos + u.estimated_nanos) as nanos
                  from seen n
                  join usage_streams t on t.workspace_id = n.workspace_id and t.id = n.id
                  join usage_by_stream u on u.workspace_id = t.workspace_id and u.stream_id = t.id and u.source = t.source
                 group by n.agent_id),
            tools as (
                select n.agent_id, count(*) as spans, count(*) filter (where p.status = 'error') as errors
                  from seen n
                  join spans p on p.workspace_id = n.workspace_id and p.session_id = n.id and p.at >= ?
                 where p.operation = 'tool'
                 group by n.agent_id)
            select a.*, d.handle, coalesce(sat.sessions, 0) as sessions, coalesce(sat.active_days, 0) as active_days,
                   coalesce(sat.ended, 0) as ended, coalesce(sat.done, 0) as done,
                   (select coalesce(sum(extract(epoch from upper(r) - lower(r))), 0) from unnest(sat.times) as r) as seconds,
                   (select count(*) from agent_sessions s where s.workspace_id = a.workspace_id and s.developer_id = a.owner_id
                       and s.agent_type = a.agent_type and s.agent_name = a.name and s.ended_at is null) as open,
                   (select max(s.last_seen_at) from agent_sessions s where s.workspace_id = a.workspace_id
                       and s.developer_id = a.owner_id and s.agent_type = a.agent_type and s.agent_name = a.name) as last_seen_at,
                   coalesce(used.covered, 0) as covered, coalesce(used.calls, 0) as calls, coalesce(used.failed, 0) as failed,
                   least(coalesce(used.tokens, 0), 9e18)::bigint as tokens, least(coalesce(used.nanos, 0), 9e18)::bigint as nanos,
                   coalesce(tools.spans, 0) as spans, coalesce(tools.errors, 0) as errors
              from agents a
              join developers d on d.id = a.owner_id
              left join sat on sat.agent_id = a.id
              left join used on used.agent_id = a.id
              left join tools on tools.agent_id = a.id
             order by a.status = 'retired', last_seen_at desc nulls last, d.handle, a.name, a.id
            """;

    private final Transactions transactions;
    private final Sql sql;
    private final Clock clock;

    AgentQueries(Transactions transactions, Sql sql, Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.clock = clock;
    }

    /**
     * All agents of the workspace, the last seen first and the retired ones last.
     *
     * @param days 1 to {@link #MOST_DAYS}
     */
    public List<AgentView> list(Caller caller, int days) {
        if (days < 1 || days > MOST_DAYS) {
            throw Refusal.invalidField("days", "Look back from 1 to " + MOST_DAYS + " days.");
        }
        return read(caller, days, "true", MOST);
    }

    /** @throws Refusal.NotFound {@code agent.unknown} */
    public AgentView get(Caller caller, UUID id, int days) {
        return read(caller, days, "id = '" + id + "'", 1).stream()
                .findFirst()
                .orElseThrow(() -> Refusal.notFound("agent.unknown", "There is no such agent in this workspace."));
    }

    private List<AgentView> read(Caller caller, int days, String which, int most) {
        Instant now = clock.instant();
        Instant since = now.minus(Duration.ofDays(days));
        return transactions.in(
                caller.place(),
                () -> sql.list(
                        FIGURES.formatted(which),
                        row -> view(row, days),
                        caller.workspaceId(),
                        most,
                        since,
                        now,
                        since));
    }

    private static AgentView view(Row row, int days) throws SQLException {
        long covered = row.bigint("covered");
        long nanos = row.bigint("nanos");
        AgentView.Figures figures = new AgentView.Figures(
                days,
                row.bigint("sessions"),
                row.bigint("open"),
                row.optionalInstant("last_seen_at"),
                row.bigint("active_days"),
                Math.min(1, (double) row.bigint("active_days") / days),
                Math.round(row.number("seconds") / 360) / 10.0,
                share(row.bigint("done"), row.bigint("ended")),
                row.bigint("calls"),
                share(row.bigint("failed"), row.bigint("calls")),
                share(row.bigint("errors"), row.bigint("spans")),
                covered,
                row.bigint("tokens"),
                nanos,
                covered == 0 ? Optional.empty() : Optional.of(nanos / covered));
        return new AgentView(
                row.uuid("id"),
                row.text("handle"),
                AgentType.of(row.text("agent_type")),
                row.text("name"),
                row.text("purpose"),
                AgentStatus.of(row.text("status")),
                row.instant("created_at"),
                figures);
    }

    private static Optional<Double> share(long part, long whole) {
        return whole == 0 ? Optional.empty() : Optional.of((double) part / whole);
    }
}
