package dev.covibe.insight.performance;

import dev.covibe.identity.Audit;
import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Clock;

/** What a workspace wants to reach, and whether a company ranks people (INS-4). */
@ApplicationScoped
public class Goals {

    private final Transactions transactions;
    private final Sql sql;
    private final Audit audit;
    private final Clock clock;

    Goals(Transactions transactions, Sql sql, Audit audit, Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.audit = audit;
        this.clock = clock;
    }

    public Targets targets(Caller caller) {
        return transactions.in(caller.place(), () -> sql.first(
                        "select * from performance_targets where workspace_id = ?",
                        row -> new Targets(
                                row.number("tasks_per_week"),
                                row.number("session_completion"),
                                row.number("error_share"),
                                row.number("attribution"),
                                row.number("cycle_days"),
                                row.number("cost_per_task")),
                        caller.workspaceId())
                .orElse(Targets.USUAL));
    }

    /**
     * @throws Refusal.Forbidden {@code identity.admin-only}
     * @throws Refusal.Invalid when a target lies outside of what {@link Targets} allows
     */
    public Targets aim(Caller caller, Targets targets) {
        caller.mustBeAdmin();
        within(targets.tasksPerWeek(), 0.1, 100, "/tasks_per_week");
        within(targets.sessionCompletion(), 0.01, 1, "/session_completion");
        within(targets.errorShare(), 0.001, 1, "/error_share");
        within(targets.attribution(), 0.01, 1, "/attribution");
        within(targets.cycleDays(), 0.1, 365, "/cycle_days");
        within(targets.costPerTask(), 0.01, 100_000, "/cost_per_task");
        transactions.run(caller.place(), () -> {
            sql.update(
                    """
                    insert into performance_targets (workspace_id, tasks_per_week, session_completion, error_share, attribution,
                                                     cycle_days, cost_per_task, changed_by, changed_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        on conflict (workspace_id) do update
                       set tasks_per_week = excluded.tasks_per_week, session_completion = excluded.session_completion,
                           error_share = excluded.error_share, attribution = excluded.attribution,
                           cycle_days = excluded.cycle_days, cost_per_task = excluded.cost_per_task,
                           changed_by = excluded.changed_by, changed_at = excluded.changed_at
                    """,
                    caller.workspaceId(),
                    BigDecimal.valueOf(targets.tasksPerWeek()),
                    BigDecimal.valueOf(targets.sessionCompletion()),
                    BigDecimal.valueOf(targets.errorShare()),
                    BigDecimal.valueOf(targets.attribution()),
                    BigDecimal.valueOf(targets.cycleDays()),
                    BigDecimal.valueOf(targets.costPerTask()),
                    caller.developerId(),
                    clock.instant());
            audit.record(caller, "targets.changed", caller.workspaceId().toString());
        });
        return targets(caller);
    }

    private static void within(double value, double least, double most, String pointer) {
        if (Double.isNaN(value) || value < least || value > most) {
            throw Refusal.invalidField(pointer, "Choose from " + plain(least) + " to " + plain(most) + ".");
        }
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** Whether pages of the company rank people and agents. */
    public boolean leaderboards(Caller caller) {
        return transactions.in(
                caller.place(),
                () -> sql.one(
                        "select leaderboards from tenants where id = ?",
                        row -> row.bool("leaderboards"),
                        caller.place().tenantId()));
    }

    /** @throws Refusal.Forbidden {@code identity.admin-only} */
    public boolean rank(Caller caller, boolean shown) {
        caller.mustBeAdmin();
        transactions.run(caller.place(), () -> {
            sql.update(
                    "update tenants set leaderboards = ? where id = ?",
                    shown,
                    caller.place().tenantId());
            audit.record(caller, shown ? "leaderboards.shown" : "leaderboards.hidden", "company");
        });
        return shown;
    }
}
