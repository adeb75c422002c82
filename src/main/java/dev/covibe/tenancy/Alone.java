package dev.covibe.tenancy;

import dev.covibe.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;

/** Lets one transaction at a time do a thing in a workspace, on any number of servers. It ends with the transaction. */
@ApplicationScoped
public class Alone {

    private final Sql sql;

    Alone(Sql sql) {
        this.sql = sql;
    }

    /** Waits until nobody else does it. */
    public void wait(Place place, String what) {
        sql.one(
                "select pg_advisory_xact_lock(hashtext(?), hashtext(?)) is null as locked",
                row -> row.bool("locked"),
                "covibe.alone." + what,
                place.workspaceId().toString());
    }

    /** Whether nobody else does it; waits for nobody. */
    public boolean atOnce(Place place, String what) {
        return sql.one(
                "select pg_try_advisory_xact_lock(hashtext(?), hashtext(?)) as locked",
                row -> row.bool("locked"),
                "covibe.alone." + what,
                place.workspaceId().toString());
    }
}
