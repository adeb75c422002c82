package dev.covibe.ops.maintain;

import dev.covibe.platform.chores.Chore;
import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Does the background work (OPS-15), each piece on one instance at a time: whoever holds its advisory lock. The lock
 * ends with its connection, so an instance that dies in the middle holds nobody up.
 */
@ApplicationScoped
class Maintenance {

    private static final Logger LOG = Logger.getLogger(Maintenance.class);

    private final List<Chore> chores;
    private final MaintenanceRuns runs;
    private final AgroalDataSource dataSource;
    private final Clock clock;

    Maintenance(@All List<Chore> chores, MaintenanceRuns runs, AgroalDataSource dataSource, Clock clock) {
        this.chores = chores.stream().sorted(Comparator.comparing(Chore::name)).toList();
        this.runs = runs;
        this.dataSource = dataSource;
        this.clock = clock;
    }

    /** How one run of a chore went. */
    enum Outcome {
        DONE,
        NOT_DUE,
        ELSEWHERE,
        FAILED
    }

    List<Chore> chores() {
        return chores;
    }

    /** What is due now, what has waited longest first. */
    List<Chore> due() {
        Instant now = clock.instant();
        Map<String, MaintenanceRuns.Run> known = runs.all();
        if (!chores.stream()
                .allMatch(chore -> known.containsKey(chore.name())
                        && known.get(chore.name()).every().equals(chore.every()))) {
            runs.know(chores, now);
        }
        return chores.stream()
                .filter(chore -> isDue(known, chore, now))
                .sorted(Comparator.comparing(chore -> lastSuccess(known, chore)))
                .toList();
    }

    private static boolean isDue(Map<String, MaintenanceRuns.Run> known, Chore chore, Instant now) {
        return Optional.ofNullable(known.get(chore.name()))
                .map(run -> run.isDue(now))
                .orElse(true);
    }

    private static Instant lastSuccess(Map<String, MaintenanceRuns.Run> known, Chore chore) {
        return Optional.ofNullable(known.get(chore.name()))
                .flatMap(MaintenanceRuns.Run::succeededAt)
                .orElse(Instant.EPOCH);
    }

    /**
     * Runs the chore here, unless another instance is at it.
     *
     * @param onlyIfDue looks again under the lock, because another instance may just have done it
     */
    Outcome run(Chore chore, boolean onlyIfDue) {
        try (Connection connection = dataSource.getConnection()) {
            if (!ask(connection, "select pg_try_advisory_lock(hashtext('covibe.chore'), hashtext(?))", chore)) {
                return Outcome.ELSEWHERE;
            }
            try {
                return onlyIfDue && !isDue(runs.all(), chore, clock.instant()) ? Outcome.NOT_DUE : take(chore);
            } finally {
                // The connection goes back to the pool and not away, so the lock must be given back by hand.
                ask(connection, "select pg_advisory_unlock(hashtext('covibe.chore'), hashtext(?))", chore);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("The lock of a chore cannot be asked for.", failure);
        }
    }

    private Outcome take(Chore chore) {
        Instant began = clock.instant();
        try {
            chore.run();
        } catch (RuntimeException failure) {
            LOG.errorf(failure, "The chore %s failed; it is tried again soon.", chore.name());
            runs.failed(chore, began);
            return Outcome.FAILED;
        }
        runs.succeeded(chore, began, clock.instant());
        LOG.debugf("The chore %s took %s.", chore.name(), Duration.between(began, clock.instant()));
        return Outcome.DONE;
    }

    private static boolean ask(Connection connection, String sql, Chore chore) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, chore.name());
            try (ResultSet results = statement.executeQuery()) {
                return results.next() && results.getBoolean(1);
            }
        }
    }
}
