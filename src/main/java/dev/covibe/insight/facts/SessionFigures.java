package dev.covibe.insight.facts;

import dev.covibe.platform.sql.Row;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Sessions that began in some days, and what became of them and was used in them up to now, whenever that was.
 *
 * @param open those that have not ended
 * @param seconds in session, from each one's start to its end or last sign of life, added up: agents that work side by side
 *     count each
 * @param covered those of which any usage is known
 * @param costNanos in billionths of a US dollar
 * @param tools tool spans, of which {@code toolErrors} failed
 */
@RegisterForReflection
public record SessionFigures(
        long sessions,
        long open,
        long done,
        long partlyDone,
        long failed,
        long abandoned,
        long seconds,
        long covered,
        long calls,
        long failedCalls,
        long tokens,
        BigInteger costNanos,
        long tools,
        long toolErrors) {

    public static final SessionFigures NONE =
            new SessionFigures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, BigInteger.ZERO, 0, 0);

    /** Whatever they are grouped by, they are the same. */
    static final String SUMS = """
            coalesce(sum(sessions), 0) as sessions, coalesce(sum(open), 0) as open, coalesce(sum(done), 0) as done,
            coalesce(sum(partly_done), 0) as partly_done, coalesce(sum(failed), 0) as failed,
            coalesce(sum(abandoned), 0) as abandoned, coalesce(sum(seconds), 0) as seconds,
            coalesce(sum(covered), 0) as covered, coalesce(sum(calls), 0) as calls,
            coalesce(sum(failed_calls), 0) as failed_calls, coalesce(sum(tokens), 0) as tokens,
            coalesce(sum(cost_nanos), 0) as cost_nanos, coalesce(sum(tools), 0) as tools,
            coalesce(sum(tool_errors), 0) as tool_errors
            """;

    static SessionFigures read(Row row) throws SQLException {
        return new SessionFigures(
                row.bigint("sessions"),
                row.bigint("open"),
                row.bigint("done"),
                row.bigint("partly_done"),
                row.bigint("failed"),
                row.bigint("abandoned"),
                row.bigint("seconds"),
                row.bigint("covered"),
                row.bigint("calls"),
                row.bigint("failed_calls"),
                row.bigint("tokens"),
                new BigInteger(row.text("cost_nanos")),
                row.bigint("tools"),
                row.bigint("tool_errors"));
    }

    public SessionFigures plus(SessionFigures other) {
        return new SessionFigures(
                sessions + other.sessions,
                open + other.open,
                done + other.done,
                partlyDone + other.partlyDone,
                failed + other.failed,
                abandoned + other.abandoned,
                seconds + other.seconds,
                covered + other.covered,
                calls + other.calls,
                failedCalls + other.failedCalls,
                tokens + other.tokens,
                costNanos.add(other.costNanos),
                tools + other.tools,
                toolErrors + other.toolErrors);
    }

    public long ended() {
        return sessions - open;
    }

    /** Of those that ended, the share with outcome done, 0 to 1. */
    public Optional<Double> completion() {
        return share(done, ended());
    }

    /** Of the calls to models that were told, the share that failed, 0 to 1. */
    public Optional<Double> callErrors() {
        return share(failedCalls, calls);
    }

    /** Of calls to models and tool spans, the share that failed, 0 to 1. */
    public Optional<Double> errorShare() {
        return share(failedCalls + toolErrors, calls + tools);
    }

    /** Cost divided by the sessions of which usage is known, in billionths of a US dollar. */
    public Optional<BigInteger> costPerSession() {
        return covered == 0 ? Optional.empty() : Optional.of(costNanos.divide(BigInteger.valueOf(covered)));
    }

    /** The share of sessions of which any usage is known, 0 to 1. */
    public Optional<Double> coverage() {
        return share(covered, sessions);
    }

    private static Optional<Double> share(long part, long whole) {
        return whole == 0 ? Optional.empty() : Optional.of((double) part / whole);
    }
}
