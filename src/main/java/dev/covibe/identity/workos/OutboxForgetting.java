package dev.covibe.identity.workos;

import dev.covibe.platform.chores.Chore;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Forgets what WorkOS was told, or is told no more, a month ago. */
@ApplicationScoped
class OutboxForgetting implements Chore {

    private static final int KEPT_DAYS = 30;

    private final Transactions transactions;
    private final Sql sql;

    OutboxForgetting(Transactions transactions, Sql sql) {
        this.transactions = transactions;
        this.sql = sql;
    }

    @Override
    public String name() {
        return "outbox-forgetting";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(24);
    }

    @Override
    public void run() {
        transactions.outside(() -> sql.list(
                "select forget_outbox(make_interval(days => ?)) as gone", row -> row.bigint("gone"), KEPT_DAYS));
    }
}
