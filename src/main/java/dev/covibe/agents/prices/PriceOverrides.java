package dev.covibe.agents.prices;

import dev.covibe.identity.Audit;
import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A company's own prices: added and ended by its admins, read by every member. */
@ApplicationScoped
public class PriceOverrides {

    private static final int LONGEST_MODEL = 120;
    private static final int LONGEST_PROVIDER = 60;
    private static final LocalDate EARLIEST = LocalDate.of(2020, 1, 1);

    private static final String BY_MODEL =
            "select * from price_overrides order by model, effective_from desc, id desc limit 1000";

    private final Transactions transactions;
    private final Sql sql;
    private final PriceBook book;
    private final Audit audit;
    private final Clock clock;

    PriceOverrides(Transactions transactions, Sql sql, PriceBook book, Audit audit, Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.book = book;
        this.audit = audit;
        this.clock = clock;
    }

    /** By model, the latest first; ended ones too. */
    public List<Price> list(Caller caller) {
        return transactions.in(caller.place(), () -> sql.list(BY_MODEL, PriceOverrides::price));
    }

    /**
     * Adds a price. It holds from its first day on, before the shipped price; a price of the same model and provider
     * that held until then is ended by it.
     *
     * @param provider empty for a price that holds for calls to any provider
     * @param model a name, or the beginning of names followed by {@code *}
     * @param from today when empty; may lie in the past, for calls that arrive late or are priced again
     * @throws Refusal.Forbidden {@code identity.admin-only}
     * @throws Refusal.Invalid when a field is wrong
     * @throws Refusal.Conflict {@code price.taken} when the company has a price of that model from that day already
     */
    public Price add(Caller caller, Optional<String> provider, String model, Optional<LocalDate> from, Rates rates) {
        caller.mustBeAdmin();
        Optional<String> wantedProvider = provider.map(PriceBook::provider).filter(text -> !text.isEmpty());
        wantedProvider.ifPresent(text -> line("/provider", text, LONGEST_PROVIDER));
        String wanted = ModelName.of(model);
        line("/model", wanted, LONGEST_MODEL);
        if (wanted.indexOf(ModelName.ANY) >= 0 && wanted.indexOf(ModelName.ANY) < wanted.length() - 1) {
            throw Refusal.invalidField("/model", "A * stands only at the end: my-models-*.");
        }
        LocalDate day = from.orElse(today());
        if (day.isBefore(EARLIEST) || day.isAfter(today().plusYears(2))) {
            throw Refusal.invalidField("/effective_from", "The day lies between 2020 and two years ahead.");
        }
        return transactions.in(caller.place(), () -> {
            UUID id = Ids.next();
            replace(caller, wantedProvider, wanted, day);
            sql.update(
                    """
                    insert into price_overrides (id, tenant_id, provider, model, effective_from, input_nanos, output_nanos,
                                                 cache_read_nanos, cache_write_nanos, created_by, created_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    id,
                    caller.place().tenantId(),
                    wantedProvider,
                    wanted,
                    day,
                    rates.input(),
                    rates.output(),
                    rates.cacheRead(),
                    rates.cacheWrite(),
                    caller.developerId(),
                    clock.instant());
            audit.record(caller, "price.changed", wanted + " from " + day);
            book.changed(caller.place());
            return new Price(id, wantedProvider, wanted, day, Optional.empty(), rates);
        });
    }

    private static void line(String pointer, String text, int longest) {
        if (text.isEmpty() || text.length() > longest || text.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.invalidField(
                    pointer, "A " + pointer.substring(1) + " has one line of 1 to " + longest + " characters.");
        }
    }

    private void replace(Caller caller, Optional<String> provider, String model, LocalDate day) {
        sql.call(
                "select pg_advisory_xact_lock(hashtext('covibe.prices ' || ?))",
                caller.place().tenantId().toString());
        boolean taken =
                sql.first("""
                        select id from price_overrides
                         where model = ? and provider is not distinct from ?::text and effective_from = ?
                           and (effective_until is null or effective_until > effective_from)
                        """, row -> row.uuid("id"), model, provider, day).isPresent();
        if (taken) {
            throw Refusal.conflict(
                    "price.taken", "There is a price of " + model + " from " + day + " already. End that one first.");
        }
        sql.update("""
                update price_overrides set effective_until = ?, ended_by = ?, ended_at = ?
                 where model = ? and provider is not distinct from ?::text and effective_until is null
                   and effective_from < ?
                """, day, caller.developerId(), clock.instant(), model, provider, day);
    }

    /**
     * Ends a price: from that day on the shipped price holds again, if there is one. What was computed stays.
     *
     * @param until the first day without it, today when empty; its own first day undoes it
     * @throws Refusal.Forbidden {@code identity.admin-only}
     * @throws Refusal.NotFound {@code price.unknown}
     * @throws Refusal.Conflict {@code price.ended}
     */
    public Price end(Caller caller, UUID id, Optional<LocalDate> until) {
        return transactions.in(caller.place(), () -> {
            Price price = sql.first("select * from price_overrides where id = ? for update", PriceOverrides::price, id)
                    .orElseThrow(() -> Refusal.notFound("price.unknown", "Your company has no such price of its own."));
            caller.mustBeAdmin();
            LocalDate day = until.orElseGet(() -> price.from().isAfter(today()) ? price.from() : today());
            if (price.until().map(end -> !day.isBefore(end)).orElse(false)) {
                throw Refusal.conflict(
                        "price.ended", "This price ended on " + price.until().get() + ".");
            }
            if (day.isBefore(price.from())) {
                throw Refusal.invalidField(
                        "/effective_until", "It cannot end before it begins, on " + price.from() + ".");
            }
            sql.update(
                    "update price_overrides set effective_until = ?, ended_by = ?, ended_at = ? where id = ?",
                    day,
                    caller.developerId(),
                    clock.instant(),
                    id);
            audit.record(caller, "price.ended", price.model() + " until " + day);
            book.changed(caller.place());
            return new Price(id, price.provider(), price.model(), price.from(), Optional.of(day), price.rates());
        });
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    static Price price(Row row) throws SQLException {
        return new Price(
                row.uuid("id"),
                row.optionalText("provider"),
                row.text("model"),
                row.optionalDate("effective_from").orElseThrow(),
                row.optionalDate("effective_until"),
                new Rates(
                        row.bigint("input_nanos"),
                        row.bigint("output_nanos"),
                        row.bigint("cache_read_nanos"),
                        row.bigint("cache_write_nanos")));
    }
}
