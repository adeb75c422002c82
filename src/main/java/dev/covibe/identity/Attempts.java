package dev.covibe.identity;

import dev.covibe.platform.crypto.Secrets;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Stops whoever tries too often (PLT-9). Counted in the database, so that all instances count together. */
@ApplicationScoped
class Attempts {

    private final Transactions transactions;
    private final Sql sql;
    private final Secrets secrets;

    Attempts(Transactions transactions, Sql sql, Secrets secrets) {
        this.transactions = transactions;
        this.sql = sql;
        this.secrets = secrets;
    }

    /** What is counted: at most so many in so long a time, from one address or by one person. */
    enum Kind {
        DEVICE_ASKED(20, Duration.ofMinutes(10)),
        DEVICE_POLLED(600, Duration.ofMinutes(10)),
        USER_CODE_TYPED(10, Duration.ofMinutes(15));

        private final int most;
        private final Duration lasting;

        Kind(int most, Duration lasting) {
            this.most = most;
            this.lasting = lasting;
        }
    }

    /**
     * Counts one more attempt.
     *
     * @throws Refusal.TooMany {@code attempts.too-many}
     */
    void count(Kind kind, String who) {
        int count = transactions.outside(() -> sql.one(
                "select count_attempt(?, ?, make_interval(secs => ?)) as count",
                row -> row.integer("count"),
                kind.name(),
                secrets.hash(kind + " " + who),
                (int) kind.lasting.toSeconds()));
        if (count > kind.most) {
            throw Refusal.tooMany(
                    "attempts.too-many",
                    "That was tried too often. Wait " + kind.lasting.toMinutes() + " minutes and try again.",
                    (int) kind.lasting.toSeconds());
        }
    }
}
