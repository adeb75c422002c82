package dev.covibe.identity;

import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** Appends to the tenant's audit log (IDN-10), in the transaction of the act itself. */
@ApplicationScoped
class Audit {

    private final Sql sql;

    Audit(Sql sql) {
        this.sql = sql;
    }

    void record(UUID tenantId, UUID actorId, String action, String subject, Optional<String> address) {
        sql.update(
                "insert into audit_entries (id, tenant_id, actor_id, action, subject, address) values (?, ?, ?, ?, ?, ?)",
                Ids.next(),
                tenantId,
                actorId,
                action,
                subject,
                address);
    }
}
