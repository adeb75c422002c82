package dev.covibe.journal;

import dev.covibe.platform.chores.Chore;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Sees to it that the log has its monthly partitions, this month and six ahead. The runtime role may not make them, so
 * it asks a function of the owner.
 */
@ApplicationScoped
class EventMonths implements Chore {

    private static final int AHEAD = 6;

    private final Transactions transactions;
    private final Sql sql;
    private final Clock clock;

    EventMonths(Transactions transactions, Sql sql, Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "event-months";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(24);
    }

    @Override
    public void run() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        transactions.outside(() -> sql.one(
                "select ensure_event_partitions(?, ?)::text as made", row -> "asked", today, today.plusMonths(AHEAD)));
    }
}
