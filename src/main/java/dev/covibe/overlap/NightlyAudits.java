package dev.covibe.overlap;

import dev.covibe.identity.Caller;
import dev.covibe.platform.chores.Chore;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;

/** Audits every workspace once a night, in its own time zone, whichever instance comes first. */
@ApplicationScoped
class NightlyAudits implements Chore {

    static final int MOST_AT_ONCE = 500;

    private final Transactions transactions;
    private final Sql sql;
    private final Audits audits;

    NightlyAudits(Transactions transactions, Sql sql, Audits audits) {
        this.transactions = transactions;
        this.sql = sql;
        this.audits = audits;
    }

    @Override
    public String name() {
        return "nightly-audits";
    }

    /** Often, so that a server that was asleep at two catches up; what has been done is not done again. */
    @Override
    public Duration every() {
        return Duration.ofMinutes(20);
    }

    @Override
    public void run() {
        List<Caller> due = transactions.outside(
                () -> sql.list("select * from workspaces_due_for_audit(?)", Caller::read, MOST_AT_ONCE));
        due.forEach(audits::nightly);
    }
}
