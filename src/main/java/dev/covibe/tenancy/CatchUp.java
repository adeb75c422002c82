package dev.covibe.tenancy;

import dev.covibe.platform.sql.Sql;
import java.util.function.Predicate;

/**
 * Counting that follows writers, who only leave something to be counted. Whoever reads counts what waits first, a bounded
 * part; a job does it where nobody reads. One transaction at a time counts in a workspace, on any number of servers.
 */
public final class CatchUp {

    private final Transactions transactions;
    private final Sql sql;
    private final String what;
    private final Predicate<Place> waits;
    private final Predicate<Place> count;

    /**
     * @param what is counted, such as "sessions"; those of one name wait for one another
     * @param waits whether anything is to be counted, within a transaction of the place
     * @param count counts a bounded part within a transaction of the place; answers whether more may be waiting
     */
    public CatchUp(Transactions transactions, Sql sql, String what, Predicate<Place> waits, Predicate<Place> count) {
        this.transactions = transactions;
        this.sql = sql;
        this.what = "covibe.count." + what;
        this.waits = waits;
        this.count = count;
    }

    /**
     * Counts everything that waits in every workspace that a query finds. Outside of any transaction.
     *
     * @param query answers {@code tenant_id} and {@code workspace_id}
     */
    public void everywhere(String query, Object... parameters) {
        transactions
                .outside(() ->
                        sql.list(query, row -> new Place(row.uuid("tenant_id"), row.uuid("workspace_id")), parameters))
                .forEach(this::all);
    }

    /** Counts everything that waits, however much. Outside of any transaction. */
    public void all(Place place) {
        while (once(place)) {
            // Each round is a transaction of its own, so that nobody waits long.
        }
    }

    /**
     * Counts a bounded part in a transaction of its own.
     *
     * @return whether more may be waiting
     */
    public boolean once(Place place) {
        return transactions.in(place, () -> waits.test(place))
                && transactions.in(place, () -> {
                    lock("select pg_advisory_xact_lock(hashtext(?), hashtext(?)) is null as locked", place);
                    return count.test(place);
                });
    }

    /**
     * Counts a bounded part within the running transaction. Who finds that somebody else counts does not wait until their
     * transaction is done.
     */
    public void within(Place place) {
        if (waits.test(place) && lock("select pg_try_advisory_xact_lock(hashtext(?), hashtext(?)) as locked", place)) {
            count.test(place);
        }
    }

    private boolean lock(String how, Place place) {
        return sql.one(how, row -> row.bool("locked"), what, place.workspaceId().toString());
    }
}
