package dev.covibe.agents;

import dev.covibe.identity.Caller;
import dev.covibe.platform.chores.Chore;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Ends sessions whose agent never said goodbye (AGT-1), on behalf of the developer whom each worked for. */
@ApplicationScoped
class Sweeper implements Chore {

    static final Duration FORGOTTEN_AFTER = Duration.ofHours(24);

    private static final int MOST_AT_ONCE = 200;

    private final Transactions transactions;
    private final Sql sql;
    private final Sessions sessions;
    private final Clock clock;

    Sweeper(Transactions transactions, Sql sql, Sessions sessions, Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.sessions = sessions;
        this.clock = clock;
    }

    private record Forgotten(Caller owner, UUID sessionId) {}

    @Override
    public String name() {
        return "session-sweep";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(15);
    }

    /** Whoever sweeps at the same time ends other sessions: each is ended once. */
    @Override
    public void run() {
        Instant unseenSince = clock.instant().minus(FORGOTTEN_AFTER);
        int ended = 0;
        int before;
        List<Forgotten> batch;
        do {
            before = ended;
            batch = transactions.outside(() -> sql.list(
                    "select * from forgotten_sessions(make_interval(secs => ?), ?)",
                    Sweeper::forgotten,
                    FORGOTTEN_AFTER.toSeconds(),
                    MOST_AT_ONCE));
            for (Forgotten session : batch) {
                ended += sessions.sweep(session.owner(), session.sessionId(), unseenSince) ? 1 : 0;
            }
        } while (batch.size() == MOST_AT_ONCE && ended > before);
    }

    private static Forgotten forgotten(Row row) throws SQLException {
        return new Forgotten(Caller.read(row), row.uuid("session_id"));
    }
}
