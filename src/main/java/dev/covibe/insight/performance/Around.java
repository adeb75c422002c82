package dev.covibe.insight.performance;

import dev.covibe.agents.SessionState;
import dev.covibe.agents.alerts.Alerts;
import dev.covibe.coordination.blockers.BlockerQueries;
import dev.covibe.coordination.decisions.DecisionQueries;
import dev.covibe.identity.Caller;
import dev.covibe.insight.facts.Period;
import dev.covibe.overlap.AuditReport;
import dev.covibe.overlap.Audits;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What reports need besides facts: what waits now, and how the team answered itself. Counts, each bounded by an index. */
@ApplicationScoped
class Around {

    private final Transactions transactions;
    private final Sql sql;
    private final Alerts alerts;
    private final BlockerQueries blockers;
    private final DecisionQueries decisions;
    private final Audits audits;
    private final Clock clock;

    Around(
            Transactions transactions,
            Sql sql,
            Alerts alerts,
            BlockerQueries blockers,
            DecisionQueries decisions,
            Audits audits,
            Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.alerts = alerts;
        this.blockers = blockers;
        this.decisions = decisions;
        this.audits = audits;
        this.clock = clock;
    }

    Overview.Waiting waiting(Caller caller) {
        return waiting(caller, open(caller));
    }

    /** @param sessions as {@link #open} gives them */
    Overview.Waiting waiting(Caller caller, Map<String, Open> sessions) {
        Open open = sessions.values().stream().reduce(Open.NONE, Open::plus);
        return new Overview.Waiting(
                alerts.wanting(caller),
                blockers.openCount(caller),
                decisions.wantedCount(caller),
                open.active() + open.idle(),
                open.stale());
    }

    /** Open sessions of one developer, by how alive they are. */
    record Open(long active, long idle, long stale) {

        static final Open NONE = new Open(0, 0, 0);

        Open plus(Open other) {
            return new Open(active + other.active, idle + other.idle, stale + other.stale);
        }
    }

    /** By the developer's id; whoever has no open session is left out. */
    Map<String, Open> open(Caller caller) {
        record Of(String developer, Open open) {}
        Instant now = clock.instant();
        Map<String, Open> open = new HashMap<>();
        transactions
                .in(
                        caller.place(),
                        () -> sql.list(
                                """
                                select developer_id::text as developer, count(*) filter (where last_seen_at > ?) as active,
                                       count(*) filter (where last_seen_at <= ? and last_seen_at > ?) as idle,
                                       count(*) filter (where last_seen_at <= ?) as stale
                                  from agent_sessions where workspace_id = ? and ended_at is null group by developer_id
                                """,
                                row -> new Of(
                                        row.text("developer"),
                                        new Open(row.bigint("active"), row.bigint("idle"), row.bigint("stale"))),
                                now.minus(SessionState.IDLE_AFTER),
                                now.minus(SessionState.IDLE_AFTER),
                                SessionState.staleSince(now),
                                SessionState.staleSince(now),
                                caller.workspaceId()))
                .forEach(of -> open.put(of.developer(), of.open()));
        return open;
    }

    /** How many open blockers concern each developer: on their task, or waiting for them by name. */
    Map<String, Long> blocked(Caller caller) {
        record Of(String developer, long many) {}
        Map<String, Long> blocked = new HashMap<>();
        transactions
                .in(
                        caller.place(),
                        () -> sql.list(
                                """
                        select coalesce(needs_id, owner_id)::text as developer, count(*) as many from insight_blockers
                         where workspace_id = ? and resolved_at is null and coalesce(needs_id, owner_id) is not null group by 1
                        """, row -> new Of(row.text("developer"), row.bigint("many")), caller.workspaceId()))
                .forEach(of -> blocked.put(of.developer(), of.many()));
        return blocked;
    }

    Scorecards.Together together(Caller caller, Period period) {
        return transactions.in(
                caller.place(),
                () -> sql.one(
                        """
                        select (select count(*) from insight_blockers where workspace_id = ? and raised_at >= ? and raised_at < ?) as raised,
                               (select count(*) from insight_blockers where workspace_id = ? and raised_at >= ? and raised_at < ?
                                   and resolved_at is not null) as answered,
                               (select count(*) from insight_decisions where workspace_id = ? and asked_at >= ? and asked_at < ?) as wanted,
                               (select count(*) from insight_decisions where workspace_id = ? and asked_at >= ? and asked_at < ?
                                   and decided_at is not null) as decided,
                               (select count(*) from insight_overlap_answers where workspace_id = ? and answered_at >= ? and answered_at < ?) as judged
                        """,
                        row -> new Scorecards.Together(
                                row.bigint("raised"),
                                row.bigint("answered"),
                                row.bigint("wanted"),
                                row.bigint("decided"),
                                audits.latest(caller).map(AuditReport::total).orElse(0),
                                row.bigint("judged")),
                        parameters(caller, period)));
    }

    private static Object[] parameters(Caller caller, Period period) {
        Object[] parameters = new Object[15];
        for (int i = 0; i < parameters.length; i += 3) {
            parameters[i] = caller.workspaceId();
            parameters[i + 1] = period.begins();
            parameters[i + 2] = period.ends();
        }
        return parameters;
    }
}
