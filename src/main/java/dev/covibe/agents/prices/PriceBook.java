package dev.covibe.agents.prices;

import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What a call costs (AGT-5): the company's own price before the shipped one, each on the day of the call. */
@ApplicationScoped
public class PriceBook {

    /** How long another instance may go on with a company's prices after they changed. */
    private static final Duration KEPT = Duration.ofSeconds(15);

    private final Transactions transactions;
    private final Sql sql;
    private final TransactionSynchronizationRegistry registry;
    private final Clock clock;
    private final PriceList shipped;
    private final Map<UUID, Known> own = new ConcurrentHashMap<>();

    PriceBook(
            Transactions transactions,
            Sql sql,
            TransactionSynchronizationRegistry registry,
            Clock clock,
            ShippedPrices shipped) {
        this.transactions = transactions;
        this.sql = sql;
        this.registry = registry;
        this.clock = clock;
        // A shipped price holds for a model wherever it is served, so it counts as one for any provider.
        this.shipped = new PriceList(shipped.prices().stream()
                .map(price -> new Price(
                        price.id(), Optional.empty(), price.model(), price.from(), price.until(), price.rates()))
                .toList());
    }

    private record Known(PriceList list, Instant since) {}

    /** At the price of the day the call was made, in UTC; empty when the model has no price. */
    public Optional<Cost> cost(Place place, Optional<String> provider, String model, Instant at, TokenCounts counts) {
        LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
        List<String> names = ModelName.longestFirst(model);
        return own(place)
                .on(day, provider.map(PriceBook::provider), names)
                .or(() -> shipped.on(day, Optional.empty(), names))
                .map(price -> new Cost(price.rates().nanos(counts), price.id()));
    }

    static String provider(String sent) {
        return sent.strip().toLowerCase(Locale.ROOT);
    }

    private PriceList own(Place place) {
        Known known = own.get(place.tenantId());
        if (known != null && known.since().plus(KEPT).isAfter(clock.instant())) {
            return known.list();
        }
        Instant since = clock.instant();
        PriceList list = new PriceList(transactions.in(
                place,
                () -> sql.list(
                        "select * from price_overrides where effective_until is null or effective_until > effective_from",
                        PriceOverrides::price)));
        own.put(place.tenantId(), new Known(list, since));
        return list;
    }

    /** To be called in the transaction that changes a company's prices: what is kept is read again, now and after the commit. */
    void changed(Place place) {
        own.remove(place.tenantId());
        registry.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED || status == Status.STATUS_ROLLEDBACK) {
                    own.remove(place.tenantId());
                }
            }
        });
    }
}
