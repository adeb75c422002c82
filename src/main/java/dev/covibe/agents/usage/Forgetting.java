package dev.covibe.agents.usage;

import dev.covibe.platform.chores.Chore;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Forgets, once a day, what every company no longer wants kept (AGT-8): see {@link Retention}. Roll-ups stay. */
@ApplicationScoped
class Forgetting implements Chore {

    private static final Logger LOG = Logger.getLogger(Forgetting.class);

    private final Transactions transactions;
    private final Sql sql;
    private final Months months;

    Forgetting(Transactions transactions, Sql sql, Months months) {
        this.transactions = transactions;
        this.sql = sql;
        this.months = months;
    }

    private record Forgotten(int months, long rows) {}

    @Override
    public String name() {
        return "telemetry-retention";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(24);
    }

    @Override
    public void run() {
        Forgotten forgotten = transactions.outside(() -> sql.one(
                "select months, gone from forget_telemetry()",
                row -> new Forgotten(row.integer("months"), row.bigint("gone"))));
        months.forget();
        if (forgotten.months() > 0 || forgotten.rows() > 0) {
            LOG.infof("Forgot %d months and %d rows of raw telemetry.", forgotten.months(), forgotten.rows());
        }
    }
}
