package dev.covibe.identity;

import dev.covibe.platform.crypto.Secrets;
import dev.covibe.platform.limits.Allowance;
import dev.covibe.platform.limits.LimitSettings;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Stops whoever tries too often to get in (PLT-9). Counted in the database, so that all instances count together. The
 * windows stand still ({@code 10:00} to {@code 10:10}), so that counting is one statement.
 */
@ApplicationScoped
public class Attempts {

    private static final Instant FIRST_WINDOW = Instant.parse("2000-01-01T00:00:00Z");

    private final Transactions transactions;
    private final Sql sql;
    private final Secrets secrets;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Map<Kind, Allowance> allowances = new EnumMap<>(Kind.class);

    Attempts(
            Transactions transactions,
            Sql sql,
            Secrets secrets,
            Clock clock,
            LimitSettings settings,
            MeterRegistry meters) {
        this.meters = meters;
        this.transactions = transactions;
        this.sql = sql;
        this.secrets = secrets;
        this.clock = clock;
        allowances.put(Kind.DEVICE_ASKED, settings.deviceCodes());
        allowances.put(Kind.DEVICE_POLLED, settings.devicePolls());
        allowances.put(Kind.USER_CODE_TYPED, settings.userCodes());
        allowances.put(Kind.SIGN_IN_FAILED, settings.signIns());
        allowances.put(Kind.BAD_TOKEN, settings.badTokens());
        allowances.put(Kind.TOKEN_REPORTED, settings.foundTokens());
    }

    /** What is counted, from one address or by one person; {@link LimitSettings} says how much of it is let through. */
    public enum Kind {
        DEVICE_ASKED,
        DEVICE_POLLED,
        USER_CODE_TYPED,
        SIGN_IN_FAILED,
        BAD_TOKEN,
        TOKEN_REPORTED
    }

    /**
     * Counts one more attempt.
     *
     * @param who an address or a person's id; kept as a keyed hash
     * @throws Refusal.TooMany {@code attempts.too-many}
     */
    public void count(Kind kind, String who) {
        look(kind, who, "select count_attempt(?, ?, make_interval(secs => ?)) as count", 0);
    }

    /**
     * Asks, before a guess is even looked at, whether there were too many: when only wrong guesses are counted and
     * nobody asked first, the right one would always pass.
     *
     * @throws Refusal.TooMany {@code attempts.too-many}
     */
    public void require(Kind kind, String who) {
        look(kind, who, "select attempts_so_far(?, ?, make_interval(secs => ?)) as count", 1);
    }

    private void look(Kind kind, String who, String query, int more) {
        Allowance allowance = allowances.get(kind);
        if (allowance.isOff()) {
            return;
        }
        int count = transactions.outside(
                () -> sql.one(query, row -> row.integer("count"), kind.name(), secrets.hash(kind + " " + who), (int)
                        allowance.window().toSeconds()));
        if (count + more > allowance.most()) {
            meters.counter("covibe.attempts.refused", "kind", kind.name().toLowerCase(Locale.ROOT))
                    .increment();
            int seconds = (int) untilNextWindow(allowance.window()).toSeconds() + 1;
            throw Refusal.tooMany(
                    "attempts.too-many",
                    "That was tried too often. Wait " + words(seconds) + " and try again.",
                    seconds);
        }
    }

    private Duration untilNextWindow(Duration window) {
        long into = Duration.between(FIRST_WINDOW, clock.instant()).toMillis() % window.toMillis();
        return window.minusMillis(into);
    }

    private static String words(int seconds) {
        return seconds <= 90 ? seconds + " seconds" : (seconds + 59) / 60 + " minutes";
    }
}
