package dev.covibe.agents.usage;

import dev.covibe.agents.Sightings;
import dev.covibe.identity.Caller;
import dev.covibe.tenancy.Calendar;
import dev.covibe.tenancy.Transactions;
import dev.covibe.tenancy.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Takes what was reported into the books (AGT-3, AGT-4): once, on its day, for its session and task, at its price. A
 * batch is one transaction and a fixed number of statements. Rows are always locked in the same order (sessions, items
 * seen, streams, roll-ups; each sorted), so that batches which overlap wait for one another and never lock up.
 */
@ApplicationScoped
public class Ledger {

    /** Clocks differ; what lies further ahead than this is wrong. */
    public static final Duration FURTHEST_AHEAD = Duration.ofMinutes(10);

    private final Transactions transactions;
    private final Workspaces workspaces;
    private final Retention retention;
    private final Months months;
    private final Sightings sightings;
    private final Attribution attribution;
    private final Counters counters;
    private final Streams streams;
    private final Pricing pricing;
    private final UsageRows rows;
    private final SpanRows spanRows;
    private final Intake intake;
    private final Clock clock;

    Ledger(
            Transactions transactions,
            Workspaces workspaces,
            Retention retention,
            Months months,
            Sightings sightings,
            Attribution attribution,
            Counters counters,
            Streams streams,
            Pricing pricing,
            UsageRows rows,
            SpanRows spanRows,
            Intake intake,
            Clock clock) {
        this.transactions = transactions;
        this.workspaces = workspaces;
        this.retention = retention;
        this.months = months;
        this.sightings = sightings;
        this.attribution = attribution;
        this.counters = counters;
        this.streams = streams;
        this.pricing = pricing;
        this.rows = rows;
        this.spanRows = spanRows;
        this.intake = intake;
        this.clock = clock;
    }

    /** Enters all that can be entered; the batch's verdicts say what became of each item. */
    public void enter(Caller caller, Batch batch) {
        screen(caller, batch);
        List<Instant> times = new ArrayList<>();
        batch.usage.forEach(item -> times.add(item.at()));
        batch.points.forEach(point -> times.add(point.at()));
        batch.spans.forEach(span -> times.add(span.at()));
        months.ensure(caller.place(), times);
        Attribution.Sessions entered = transactions.in(caller.place(), () -> {
            Attribution.Sessions sessions = attribution.of(caller, batch);
            // A delta is complete in itself, so it goes the way of any other item.
            batch.points.stream()
                    .filter(point -> !point.cumulative())
                    .forEach(point -> batch.add(point.item(point.key(), point.value())));
            List<Entry> entries = unseen(caller, batch, sessions);
            List<Entry> heard = heard(batch, sessions);
            List<Entry> increments = counters.increments(caller, batch, sessions);
            entries.addAll(increments);
            heard.addAll(increments);
            book(caller, streams.settle(caller, heard), entries);
            spanRows.insert(caller, batch, sessions);
            return sessions;
        });
        sightings.alive(caller, entered.ids());
        // Each for itself: to wait for a session while rows of the books are held could be to wait in a circle.
        batch.ends.forEach(end -> sightings.end(
                caller, entered.seen(end.sighting().name()).orElseThrow().id(), end.outcome()));
        intake.entered(batch);
    }

    /** An item as it goes into the books. */
    record Entry(UsageItem item, Optional<UUID> session, Optional<UUID> task, boolean takesBack) {}

    private void screen(Caller caller, Batch batch) {
        Instant latest = clock.instant().plus(FURTHEST_AHEAD);
        int days = retention.days(caller);
        Instant earliest = clock.instant().minus(Duration.ofDays(days));
        batch.usage.removeIf(item -> refused(batch, item.index(), item.at(), earliest, latest, days));
        batch.points.removeIf(point -> refused(batch, point.index(), point.at(), earliest, latest, days));
        batch.spans.removeIf(span -> refused(batch, span.index(), span.at(), earliest, latest, days));
        batch.sightings.removeIf(
                seen -> refused(batch, seen.index(), seen.sighting().last(), earliest, latest, days));
        batch.ends.removeIf(end -> refused(batch, end.index(), end.sighting().last(), earliest, latest, days));
    }

    private static boolean refused(Batch batch, int index, Instant at, Instant earliest, Instant latest, int days) {
        if (at.isAfter(latest)) {
            batch.refuse(index, "usage.future", "The time " + at + " lies more than 10 minutes ahead of the server's.");
            return true;
        }
        if (at.isBefore(earliest)) {
            batch.refuse(
                    index,
                    "usage.too-old",
                    "The time " + at + " is longer ago than the " + days + " days that are kept.");
            return true;
        }
        return false;
    }

    /** The items that were never taken before. Those of a session that is not the caller's are refused. */
    private List<Entry> unseen(Caller caller, Batch batch, Attribution.Sessions sessions) {
        batch.usage.removeIf(item -> {
            boolean foreign = item.sitting().id().isPresent()
                    && !sessions.isOwn(item.sitting().id().get());
            if (foreign) {
                batch.refuse(item.index(), "session.unknown", "You have no such session in this workspace.");
            }
            return foreign;
        });
        Map<UUID, UsageItem> first = new LinkedHashMap<>();
        batch.usage.forEach(item -> {
            if (first.putIfAbsent(item.key(), item) != null) {
                batch.duplicate(item.index());
            }
        });
        Set<UUID> fresh = rows.unseen(caller, first.values(), UsageItem::key, UsageItem::at);
        List<Entry> entries = new ArrayList<>();
        first.values().forEach(item -> {
            if (fresh.contains(item.key())) {
                Optional<UUID> session = sessions.of(item.sitting());
                entries.add(new Entry(item, session, sessions.task(session, item.at()), false));
            } else {
                batch.duplicate(item.index());
            }
        });
        return entries;
    }

    /**
     * All that sessions reported item by item, taken before or not: when a fork's machine told the history of a session
     * first, the session's own telling is all repetition, and still better than its metrics.
     */
    private static List<Entry> heard(Batch batch, Attribution.Sessions sessions) {
        return batch.usage.stream()
                .map(item -> new Entry(item, sessions.of(item.sitting()), Optional.empty(), false))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private void book(Caller caller, Streams.Settled settled, List<Entry> entries) {
        RollUp daily = settled.takenBack();
        if (entries.isEmpty() && daily.deltas().isEmpty()) {
            return;
        }
        RollUp byStream = new RollUp();
        Calendar calendar = workspaces.calendar(caller.place());
        List<UsageRows.Booked> booked = new ArrayList<>(entries.size());
        for (Entry entry : entries) {
            Pricing.Priced priced = pricing.of(caller, entry);
            booked.add(new UsageRows.Booked(entry, priced));
            RollUp.Key key = RollUp.Key.of(caller, entry, calendar);
            Optional<UUID> stream = Streams.of(caller, entry);
            stream.ifPresent(id -> byStream.add(key.of(id, entry.item().source()), priced.totals()));
            if (settled.counts(stream, entry.item().source())) {
                daily.add(key, priced.totals());
            }
        }
        if (!booked.isEmpty()) {
            rows.insert(caller, booked);
        }
        rows.addByStream(caller, byStream);
        rows.addDaily(caller, daily);
        rows.clearEmpty(caller, daily);
    }
}
