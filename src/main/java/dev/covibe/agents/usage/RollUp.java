package dev.covibe.agents.usage;

import dev.covibe.identity.Caller;
import dev.covibe.tenancy.Calendar;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** What a batch changes in a roll-up, sorted: everybody updates rows in the same order, so nobody waits in a circle. */
final class RollUp {

    private static final UUID NONE = new UUID(0, 0);

    private final Map<Key, UsageTotals> deltas = new TreeMap<>(Key.ORDER);

    /**
     * @param stream whose it is, in the roll-up by stream; else empty
     * @param source from where, in the roll-up by stream; else empty
     */
    record Key(
            Optional<UUID> stream,
            Optional<UsageSource> source,
            LocalDate day,
            UUID developer,
            String agent,
            String provider,
            String model,
            Optional<UUID> task) {

        private static final Comparator<Key> ORDER = Comparator.comparing((Key key) -> key.stream.orElse(NONE))
                .thenComparing(key -> key.source.map(Enum::ordinal).orElse(-1))
                .thenComparing(Key::day)
                .thenComparing(Key::developer)
                .thenComparing(Key::agent)
                .thenComparing(Key::provider)
                .thenComparing(Key::model)
                .thenComparing(key -> key.task.orElse(NONE));

        /** On the day of the workspace's calendar on which it happened (INS-3). */
        static Key of(Caller caller, Ledger.Entry entry, Calendar calendar) {
            UsageItem item = entry.item();
            return new Key(
                    Optional.empty(),
                    Optional.empty(),
                    calendar.day(item.at()),
                    caller.developerId(),
                    item.sitting().agent().key(),
                    item.provider(),
                    item.model(),
                    entry.task());
        }

        Key of(UUID stream, UsageSource source) {
            return new Key(Optional.of(stream), Optional.of(source), day, developer, agent, provider, model, task);
        }
    }

    void add(Key key, UsageTotals totals) {
        deltas.merge(key, totals, UsageTotals::plus);
    }

    Map<Key, UsageTotals> deltas() {
        return deltas;
    }
}
