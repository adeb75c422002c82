package dev.covibe.agents.usage;

import dev.covibe.identity.Caller;
import dev.covibe.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Turns cumulative counters into what was used between their points. A point that arrives late splits the difference
 * between its neighbours: what the later one counted is taken back and counted anew, so any order of arrival gives the
 * same days the same numbers.
 */
@ApplicationScoped
class Counters {

    private final Sql sql;

    Counters(Sql sql) {
        this.sql = sql;
    }

    private record Neighbours(
            boolean fresh,
            BigDecimal before,
            Optional<Instant> nextAt,
            Optional<BigDecimal> next,
            Optional<UUID> nextTask) {}

    /** What the batch's cumulative points add, as entries for the books. */
    List<Ledger.Entry> increments(Caller caller, Batch batch, Attribution.Sessions sessions) {
        List<MetricPoint> points =
                batch.points.stream().filter(MetricPoint::cumulative).toList();
        List<Ledger.Entry> entries = new ArrayList<>();
        if (points.isEmpty()) {
            return entries;
        }
        // Two batches with points of one counter must see each other's.
        sql.call(
                "select pg_advisory_xact_lock(s.k) from (select k from unnest(?) as k order by k) s",
                points.stream()
                        .mapToLong(point -> point.series().getMostSignificantBits())
                        .distinct()
                        .toArray());
        for (MetricPoint point : points) {
            Optional<UUID> session = sessions.of(point.sitting());
            Optional<UUID> task = sessions.task(session, point.at());
            Neighbours neighbours = enter(caller, point, task);
            if (!neighbours.fresh()) {
                batch.duplicate(point.index());
                continue;
            }
            count(entries, point, session, task, increment(neighbours.before(), point.value()), false);
            if (neighbours.next().isPresent()) {
                MetricPoint next = at(point, neighbours.nextAt().orElseThrow());
                BigDecimal value = neighbours.next().get();
                count(entries, next, session, neighbours.nextTask(), increment(neighbours.before(), value), true);
                count(entries, next, session, neighbours.nextTask(), increment(point.value(), value), false);
            }
        }
        return entries;
    }

    private static void count(
            List<Ledger.Entry> entries,
            MetricPoint point,
            Optional<UUID> session,
            Optional<UUID> task,
            BigDecimal increment,
            boolean takesBack) {
        if (increment.signum() != 0) {
            entries.add(new Ledger.Entry(point.item(point.key(), increment), session, task, takesBack));
        }
    }

    /** A counter that falls has begun anew without saying so. */
    private static BigDecimal increment(BigDecimal before, BigDecimal value) {
        return value.compareTo(before) >= 0 ? value.subtract(before) : value;
    }

    private static MetricPoint at(MetricPoint point, Instant at) {
        return new MetricPoint(
                point.index(),
                point.series(),
                point.sitting(),
                point.start(),
                at,
                true,
                point.value(),
                point.measure(),
                point.provider(),
                point.model(),
                point.priced());
    }

    /** Keeps the point, and answers what lies on either side of it. */
    private Neighbours enter(Caller caller, MetricPoint point, Optional<UUID> task) {
        return sql.one(
                """
                with entered as (
                    insert into usage_points (workspace_id, series, start_at, at, value, task_id)
                    values (?, ?, ?, ?, ?, ?::uuid) on conflict do nothing returning 1)
                select exists (select from entered) as fresh,
                       coalesce((select value from usage_points where workspace_id = ? and series = ? and start_at = ? and at < ?
                                  order by at desc limit 1), 0) as before,
                       n.at as next_at, n.value as next_value, n.task_id as next_task
                  from (select 1) as one
                  left join lateral (select at, value, task_id from usage_points
                                      where workspace_id = ? and series = ? and start_at = ? and at > ?
                                      order by at limit 1) n on true
                """,
                row -> new Neighbours(
                        row.bool("fresh"),
                        new BigDecimal(row.text("before")),
                        row.optionalInstant("next_at"),
                        row.optionalText("next_value").map(BigDecimal::new),
                        row.optionalUuid("next_task")),
                caller.workspaceId(),
                point.series(),
                point.start(),
                point.at(),
                point.value(),
                task,
                caller.workspaceId(),
                point.series(),
                point.start(),
                point.at(),
                caller.workspaceId(),
                point.series(),
                point.start(),
                point.at());
    }
}
