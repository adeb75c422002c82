package dev.covibe.agents.usage;

import dev.covibe.agents.prices.Cost;
import dev.covibe.agents.prices.PriceBook;
import dev.covibe.agents.prices.TokenCounts;
import dev.covibe.agents.usage.UsageItem.GivenCost;
import dev.covibe.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.Optional;
import java.util.UUID;

/** What an item costs, and how that is known (AGT-4): reported, computed from the price book, or estimated. */
@ApplicationScoped
class Pricing {

    private final PriceBook book;

    Pricing(PriceBook book) {
        this.book = book;
    }

    enum Basis {
        REPORTED("reported"),
        COMPUTED("computed"),
        ESTIMATED("estimated");

        private final String key;

        Basis(String key) {
            this.key = key;
        }

        String key() {
            return key;
        }
    }

    /** An item's cost and what it adds to any total. */
    record Priced(Optional<Long> nanos, Optional<Basis> basis, Optional<UUID> price, UsageTotals totals) {}

    Priced of(Caller caller, Ledger.Entry entry) {
        UsageItem item = entry.item();
        boolean estimated = item.source() == UsageSource.MCP;
        return switch (item.cost()) {
            case GivenCost.Reported reported ->
                priced(
                        entry,
                        Optional.of(reported.nanos()),
                        estimated ? Basis.ESTIMATED : Basis.REPORTED,
                        Optional.empty(),
                        false);
            case GivenCost.Elsewhere _ -> priced(entry, Optional.empty(), Basis.REPORTED, Optional.empty(), false);
            case GivenCost.Unknown _ -> {
                Optional<Cost> cost = computed(caller, item);
                yield priced(
                        entry,
                        cost.map(Cost::nanos),
                        estimated ? Basis.ESTIMATED : Basis.COMPUTED,
                        cost.map(Cost::price),
                        cost.isEmpty());
            }
        };
    }

    /** A metric may move tokens from one class to another; what it takes away is priced as what it adds is. */
    private Optional<Cost> computed(Caller caller, UsageItem item) {
        if (item.amounts().tokens() == 0 && !item.amounts().removesSomething()) {
            return Optional.empty();
        }
        Optional<Cost> added = cost(caller, item, item.amounts().added());
        if (!item.amounts().removesSomething()) {
            return added;
        }
        return added.flatMap(plus -> cost(caller, item, item.amounts().removed())
                .map(minus -> new Cost(plus.nanos() - minus.nanos(), plus.price())));
    }

    private Optional<Cost> cost(Caller caller, UsageItem item, TokenCounts counts) {
        return book.cost(
                caller.place(),
                Optional.of(item.provider()).filter(provider -> !provider.isEmpty()),
                item.model(),
                item.at(),
                counts);
    }

    private static Priced priced(
            Ledger.Entry entry, Optional<Long> nanos, Basis basis, Optional<UUID> price, boolean unpriced) {
        UsageItem item = entry.item();
        Amounts amounts = item.amounts();
        UsageTotals totals = new UsageTotals(
                amounts.calls(),
                amounts.failed(),
                amounts.input(),
                amounts.output(),
                amounts.cacheRead(),
                amounts.cacheWrite(),
                amounts.reasoning(),
                of(nanos, basis, Basis.REPORTED),
                of(nanos, basis, Basis.COMPUTED),
                of(nanos, basis, Basis.ESTIMATED),
                unpriced ? amounts.tokens() : 0,
                item.source() == UsageSource.MCP ? amounts.tokens() : 0,
                item.latencyMillis().orElse(0L),
                item.latencyMillis().isPresent() ? 1 : 0);
        return new Priced(
                nanos.map(cost -> entry.takesBack() ? -cost : cost),
                nanos.map(cost -> basis),
                price,
                entry.takesBack() ? totals.negated() : totals);
    }

    private static BigInteger of(Optional<Long> nanos, Basis basis, Basis wanted) {
        return basis == wanted ? nanos.map(BigInteger::valueOf).orElse(BigInteger.ZERO) : BigInteger.ZERO;
    }
}
