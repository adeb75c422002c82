package dev.covibe.agents.usage;

import dev.covibe.platform.chores.Chore;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The monthly partitions of usage events and spans. The runtime role may not create them, so it asks a function of the
 * owner: two months ahead every day, and on demand for what arrives late.
 */
@ApplicationScoped
class Months implements Chore {

    /** Another instance may forget a month, which then has to be asked for again. */
    private static final Duration BELIEVED_FOR = Duration.ofMinutes(5);

    private final Transactions transactions;
    private final Sql sql;
    private final Clock clock;
    private final Set<YearMonth> known = ConcurrentHashMap.newKeySet();
    private volatile Instant believedUntil = Instant.MIN;

    Months(Transactions transactions, Sql sql, Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "telemetry-months";
    }

    @Override
    public Duration every() {
        return Duration.ofHours(24);
    }

    @Override
    public void run() {
        YearMonth now = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
        transactions.outside(() -> ask(now, now.plusMonths(2)));
    }

    /** There is a partition for each of these times. */
    void ensure(Place place, List<Instant> times) {
        Set<YearMonth> wanted = new TreeSet<>();
        times.forEach(time -> wanted.add(YearMonth.from(time.atOffset(ZoneOffset.UTC))));
        if (clock.instant().isAfter(believedUntil)) {
            forget();
            believedUntil = clock.instant().plus(BELIEVED_FOR);
        }
        wanted.removeAll(known);
        // What is made inside a transaction that fails later was never made.
        boolean lasting = !QuarkusTransaction.isActive();
        wanted.forEach(month -> {
            transactions.in(place, () -> ask(month, month));
            if (lasting) {
                known.add(month);
            }
        });
    }

    /** Months that the sweep may have dropped are asked for again. */
    void forget() {
        known.clear();
    }

    private String ask(YearMonth first, YearMonth last) {
        LocalDate from = first.atDay(1);
        return sql.one(
                "select ensure_telemetry_partitions(?, ?)::text as made", row -> "asked", from, last.atEndOfMonth());
    }
}
