package dev.covibe.agents.registry;

import dev.covibe.agents.daily.SessionDays;
import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import dev.covibe.tenancy.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Managed agents and their figures, derived from sessions, usage and spans (AGT-7). */
@ApplicationScoped
public class AgentQueries {

    public static final int DAYS = 30;
    public static final int MOST_DAYS = 366;

    private static final int MOST = 500;

    /** From the daily counts, so that a year reads no more than some hundred rows of an agent. */
    private static final String FIGURES = """
            with agents as (select * from managed_agents where workspace_id = ? and %s order by created_at, id limit ?),
            sat as (
                select a.id as agent_id, sum(s.sessions) as sessions, count(distinct s.day) as active_days,
                       sum(s.sessions - s.open) as ended, sum(s.done) as done, sum(s.covered) as covered, sum(s.calls) as calls,
                       sum(s.failed_calls) as failed, sum(s.tokens) as tokens, sum(s.cost_nanos) as nanos,
                       sum(s.tools) as spans, sum(s.tool_errors) as errors
                  from agents a
                  join session_day_totals s on s.workspace_id = a.workspace_id and s.developer_id = a.owner_id
                       and s.agent_type = a.agent_type and s.agent_name = a.name and s.day between ? and ?
                 group by a.id),
            busy as (
                select a.id as agent_id, sum(b.seconds) as seconds
                  from agents a
                  join agent_daily b on b.workspace_id = a.workspace_id and b.developer_id = a.owner_id
                       and b.agent_type = a.agent_type and b.agent_name = a.name and b.day between ? and ?
                 group by a.id)
            select a.*, d.handle, coalesce(sat.sessions, 0) as sessions, coalesce(sat.active_days, 0) as active_days,
                   coalesce(sat.ended, 0) as ended, coalesce(sat.done, 0) as done, coalesce(busy.seconds, 0) as seconds,
                   (select count(*) from agent_sessions s where s.workspace_id = a.workspace_id and s.developer_id = a.owner_id
                       and s.agent_type = a.agent_type and s.agent_name = a.name and s.ended_at is null) as open,
                   (select max(s.last_seen_at) from (
                        select last_seen_at from agent_sessions s where s.workspace_id = a.workspace_id
                           and s.developer_id = a.owner_id and s.agent_type = a.agent_type and s.agent_name = a.name
                         order by s.started_at desc limit %d) s) as last_seen_at,
                   coalesce(sat.covered, 0) as covered, coalesce(sat.calls, 0) as calls, coalesce(sat.failed, 0) as failed,
                   least(coalesce(sat.tokens, 0), 9e18)::bigint as tokens, least(coalesce(sat.nanos, 0), 9e18)::bigint as nanos,
                   coalesce(sat.spans, 0) as spans, coalesce(sat.errors, 0) as errors
              from agents a
              join developers d on d.id = a.owner_id
              left join sat on sat.agent_id = a.id
              left join busy on busy.agent_id = a.id
             order by a.status = 'retired', last_seen_at desc nulls last, d.handle, a.name, a.id
            """;

    /** The last sign of life is that of one of so many sessions: the last that began. */
    private static final int LAST_BEGUN = 50;

    private final Transactions transactions;
    private final Sql sql;
    private final Workspaces workspaces;
    private final SessionDays sessionDays;
    private final Clock clock;

    AgentQueries(Transactions transactions, Sql sql, Workspaces workspaces, SessionDays sessionDays, Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.workspaces = workspaces;
        this.sessionDays = sessionDays;
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
        LocalDate today = workspaces.calendar(caller.place()).day(clock.instant());
        LocalDate first = today.minusDays(days - 1L);
        return transactions.in(caller.place(), () -> {
            sessionDays.catchUp().within(caller.place());
            return sql.list(
                    FIGURES.formatted(which, LAST_BEGUN),
                    row -> view(row, days),
                    caller.workspaceId(),
                    most,
                    first,
                    today,
                    first,
                    today);
        });
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
