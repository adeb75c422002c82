package dev.covibe.tenancy;

import dev.covibe.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.DayOfWeek;
import java.time.ZoneId;

/** What a place is called, and how it counts days. */
@ApplicationScoped
public class Workspaces {

    private final Transactions transactions;
    private final Sql sql;

    Workspaces(Transactions transactions, Sql sql) {
        this.transactions = transactions;
        this.sql = sql;
    }

    public record Names(String tenant, String workspace) {}

    public Names names(Place place) {
        return transactions.in(
                place,
                () -> sql.one(
                        "select t.name as tenant, w.name as workspace from workspaces w join tenants t on t.id = w.tenant_id where w.id = ?",
                        row -> new Names(row.text("tenant"), row.text("workspace")),
                        place.workspaceId()));
    }

    public Calendar calendar(Place place) {
        return transactions.in(
                place,
                () -> sql.one(
                        "select time_zone, week_start from workspaces where id = ?",
                        row -> new Calendar(ZoneId.of(row.text("time_zone")), DayOfWeek.of(row.integer("week_start"))),
                        place.workspaceId()));
    }
}
