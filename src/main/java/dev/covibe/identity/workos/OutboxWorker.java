package dev.covibe.identity.workos;

import dev.covibe.platform.chores.Chore;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import io.quarkus.scheduler.Scheduled;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Tells WorkOS what the outbox holds. A row is lent to one instance at a time; one that fails comes back later and later,
 * from ten seconds up to an hour, until it succeeds or an admin gives it up.
 */
@ApplicationScoped
class OutboxWorker implements Chore {

    private static final Logger LOG = Logger.getLogger(OutboxWorker.class);
    private static final Duration LENT = Duration.ofMinutes(2);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final int MOST_AT_ONCE = 10;
    private static final int LONGEST_ERROR = 300;

    private final Transactions transactions;
    private final Sql sql;
    private final Telling telling;
    private final WorkosAccount account;
    private final Clock clock;

    OutboxWorker(Transactions transactions, Sql sql, Telling telling, WorkosAccount account, Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.telling = telling;
        this.account = account;
        this.clock = clock;
    }

    /** @param attempts this one included */
    record Letter(
            UUID id, UUID tenantId, OutboxKind kind, JsonObject payload, Optional<UUID> developerId, int attempts) {

        /** Rows of a tenant need no workspace. */
        Place place() {
            return new Place(tenantId, Ids.next());
        }
    }

    @Override
    public String name() {
        return "outbox";
    }

    @Override
    public Duration every() {
        return Duration.ofMinutes(1);
    }

    /** Also every two seconds where the server has a processor between requests: a person waits for the mail. */
    @Override
    @Scheduled(every = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void run() {
        if (!account.isThere()) {
            return;
        }
        transactions
                .outside(() -> sql.list(
                        "select * from lease_outbox(make_interval(secs => ?), ?)",
                        OutboxWorker::letter,
                        LENT.toSeconds(),
                        MOST_AT_ONCE))
                .forEach(this::tell);
    }

    private static Letter letter(Row row) throws SQLException {
        return new Letter(
                row.uuid("id"),
                row.uuid("tenant_id"),
                OutboxKind.of(row.text("kind")),
                new JsonObject(row.text("payload")),
                row.optionalUuid("developer_id"),
                row.integer("attempts"));
    }

    private void tell(Letter letter) {
        try {
            telling.tell(letter);
            write(letter, "update outbox set done_at = now(), last_error = null where id = ?", letter.id());
        } catch (WorkosFailure failure) {
            postpone(letter, failure.getMessage());
        } catch (ProcessingException unreachable) {
            postpone(letter, "WorkOS cannot be reached.");
        } catch (Telling.NotYet notYet) {
            postpone(letter, notYet.getMessage());
        }
    }

    private void postpone(Letter letter, String why) {
        LOG.warnf("WorkOS was not told (%s, try %d): %s", letter.kind().key(), letter.attempts(), why);
        write(
                letter,
                "update outbox set next_try_at = ?, last_error = ? where id = ?",
                clock.instant().plus(pause(letter.attempts())),
                why.length() > LONGEST_ERROR ? why.substring(0, LONGEST_ERROR) : why,
                letter.id());
    }

    /** Twice as long after each try. */
    static Duration pause(int attempts) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, 20));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private void write(Letter letter, String statement, Object... parameters) {
        transactions.run(letter.place(), () -> sql.update(statement, parameters));
    }
}
