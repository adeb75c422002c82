package dev.covibe.tenancy;

import dev.covibe.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;

/** What a place is called. */
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
}
