package dev.covibe.ops.maintain;

import dev.covibe.platform.chores.Chore;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the database remembers of each chore. */
@ApplicationScoped
class MaintenanceRuns {

    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(7);

    private final Transactions transactions;
    private final Sql sql;

    MaintenanceRuns(Transactions transactions, Sql sql) {
        this.transactions = transactions;
        this.sql = sql;
    }

    /**
     * @param failures in a row since the last success
     */
    record Run(
            String chore,
            Duration every,
            Instant knownSince,
            Optional<Instant> triedAt,
            Optional<Instant> succeededAt,
            int failures) {

        /** After a failure the next try comes sooner than the next run would, so that a short trouble costs little. */
        private static final Duration AGAIN_AFTER_FAILURE = Duration.ofMinutes(5);

        boolean isDue(Instant now) {
            if (failures > 0) {
                Duration wait = every.compareTo(AGAIN_AFTER_FAILURE) < 0 ? every : AGAIN_AFTER_FAILURE;
                return !triedAt.orElse(Instant.MIN).plus(wait).isAfter(now);
            }
            return succeededAt.isEmpty() || !succeededAt.get().plus(every).isAfter(now);
        }
    }

    Map<String, Run> all() {
        return transactions.outside(() -> sql.list("""
                        select chore, extract(epoch from every)::bigint as every, known_since, tried_at, succeeded_at, failures
                          from maintenance_runs
                        """, MaintenanceRuns::run)).stream()
                .collect(Collectors.toMap(Run::chore, run -> run));
    }

    private static Run run(Row row) throws SQLException {
        return new Run(
                row.text("chore"),
                Duration.ofSeconds(row.bigint("every")),
                row.instant("known_since"),
                row.optionalInstant("tried_at"),
                row.optionalInstant("succeeded_at"),
                row.integer("failures"));
    }

    /** Writes down that these chores exist, so that one that never succeeds is known to be late. */
    void know(List<Chore> chores, Instant now) {
        transactions.outside(() -> {
            chores.forEach(chore -> sql.update("""
                    insert into maintenance_runs as known (chore, every, known_since)
                    values (?, make_interval(secs => ?), ?)
                        on conflict (chore) do update set every = excluded.every where known.every <> excluded.every
                    """, chore.name(), chore.every().toSeconds(), now));
            // A chore that no build knows any more would be late for ever; a newer build that runs beside this one
            // tries.
            return sql.update("""
                    delete from maintenance_runs
                     where chore <> all (?) and coalesce(tried_at, known_since) < ?
                    """, chores.stream().map(Chore::name).toList(), now.minus(FORGOTTEN_AFTER));
        });
    }

    void succeeded(Chore chore, Instant began, Instant ended) {
        transactions.outside(() -> sql.update(
                "update maintenance_runs set tried_at = ?, succeeded_at = ?, failures = 0 where chore = ?",
                began,
                ended,
                chore.name()));
    }

    void failed(Chore chore, Instant began) {
        transactions.outside(() -> sql.update(
                "update maintenance_runs set tried_at = ?, failures = failures + 1 where chore = ?",
                began,
                chore.name()));
    }
}
