package dev.covibe.agents.usage;

import dev.covibe.identity.Audit;
import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;

/** How long a company keeps single usage events and spans (AGT-8). Daily totals stay for ever. */
@ApplicationScoped
public class Retention {

    public static final int SHORTEST = 7;
    public static final int LONGEST = 730;

    private final Transactions transactions;
    private final Sql sql;
    private final Audit audit;

    Retention(Transactions transactions, Sql sql, Audit audit) {
        this.transactions = transactions;
        this.sql = sql;
        this.audit = audit;
    }

    /** In days. */
    public int days(Caller caller) {
        return transactions.in(
                caller.place(),
                () -> sql.one(
                        "select raw_telemetry_days from tenants where id = ?",
                        row -> row.integer("raw_telemetry_days"),
                        caller.place().tenantId()));
    }

    /**
     * @param days from {@link #SHORTEST} to {@link #LONGEST}
     * @throws Refusal.Forbidden {@code identity.admin-only}
     * @throws Refusal.Invalid when the days lie outside
     */
    public int keep(Caller caller, int days) {
        caller.mustBeAdmin();
        if (days < SHORTEST || days > LONGEST) {
            throw Refusal.invalidField("/raw_days", "Keep from " + SHORTEST + " to " + LONGEST + " days.");
        }
        transactions.run(caller.place(), () -> {
            sql.update(
                    "update tenants set raw_telemetry_days = ? where id = ?",
                    days,
                    caller.place().tenantId());
            audit.record(caller, "retention.changed", days + " days");
        });
        return days;
    }
}
