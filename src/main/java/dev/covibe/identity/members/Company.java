package dev.covibe.identity.members;

import dev.covibe.identity.Audit;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Name;
import dev.covibe.identity.workos.Outbox;
import dev.covibe.identity.workos.OutboxKind;
import dev.covibe.identity.workos.WorkosAccount;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The company itself: what it is called. */
@ApplicationScoped
public class Company {

    private final Transactions transactions;
    private final Sql sql;
    private final Outbox outbox;
    private final Audit audit;
    private final WorkosAccount account;

    Company(Transactions transactions, Sql sql, Outbox outbox, Audit audit, WorkosAccount account) {
        this.transactions = transactions;
        this.sql = sql;
        this.outbox = outbox;
        this.audit = audit;
        this.account = account;
    }

    @RegisterForReflection
    public record Tenant(UUID id, String name, Instant createdAt) {}

    public Tenant of(Caller caller) {
        return transactions.in(
                caller.place(),
                () -> sql.one(
                        "select id, name, created_at from tenants where id = ?",
                        row -> new Tenant(row.uuid("id"), row.text("name"), row.instant("created_at")),
                        caller.place().tenantId()));
    }

    /**
     * @param name 1 to 120 characters
     * @throws Refusal.Forbidden {@code identity.admin-only}, {@code identity.people-only}
     */
    public Tenant rename(Caller caller, String name) {
        caller.mustBeAdminInPerson();
        String wanted = Name.of("/name", "A company", name);
        return transactions.in(caller.place(), () -> {
            Tenant before = of(caller);
            if (before.name().equals(wanted)) {
                return before;
            }
            sql.update("update tenants set name = ? where id = ?", wanted, before.id());
            audit.record(caller, "tenant.renamed", before.name() + " is now " + wanted);
            if (account.isThere()) {
                outbox.add(caller, OutboxKind.ORGANIZATION_NAME, wanted, Map.of("name", wanted), Optional.empty());
            }
            return of(caller);
        });
    }
}
