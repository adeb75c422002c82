package dev.covibe.identity;

import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Sql;
import dev.covibe.platform.web.Addresses;
import dev.covibe.tenancy.Transactions;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/**
 * Appends to the tenant's audit log (IDN-10), in the transaction of the act itself: either both stand or neither.
 *
 * <p>An action is a noun and what happened to it, such as {@code token.created}, {@code member.removed},
 * {@code price.changed}, {@code export.taken}. A subject names what it happened to in words that an admin knows: a name,
 * an email, a handle. Neither ever holds a secret.
 */
@ApplicationScoped
public class Audit {

    private static final int LONGEST_SUBJECT = 400;

    private final Transactions transactions;
    private final Sql sql;
    private final CurrentVertxRequest request;
    private final Addresses addresses;

    Audit(Transactions transactions, Sql sql, CurrentVertxRequest request, Addresses addresses) {
        this.transactions = transactions;
        this.sql = sql;
        this.request = request;
        this.addresses = addresses;
    }

    /** What the caller did, from the address of the running request; without one, no address. */
    public void record(Caller caller, String action, String subject) {
        transactions.run(
                caller.place(),
                () -> record(caller.place().tenantId(), caller.developerId(), action, subject, address()));
    }

    /** For acts whose address or actor is not the request's own. Wants a transaction of the tenant. */
    void record(UUID tenantId, UUID actorId, String action, String subject, Optional<String> address) {
        append(tenantId, Optional.of(actorId), action, subject, address);
    }

    /** What nobody of the tenant did: news of WorkOS, for example. */
    public void recordFromOutside(UUID tenantId, String action, String subject) {
        append(tenantId, Optional.empty(), action, subject, Optional.empty());
    }

    private void append(
            UUID tenantId, Optional<UUID> actorId, String action, String subject, Optional<String> address) {
        sql.update(
                "insert into audit_entries (id, tenant_id, actor_id, action, subject, address) values (?, ?, ?, ?, ?, ?)",
                Ids.next(),
                tenantId,
                actorId,
                action,
                subject.length() > LONGEST_SUBJECT ? subject.substring(0, LONGEST_SUBJECT) : subject,
                address);
    }

    /**
     * Somebody who may not come in tried to. Every company that knows the email learns of it; where none does, there is
     * nobody to tell.
     *
     * @param why one plain phrase, without anything secret
     */
    public void signInRefused(String email, String why) {
        transactions.runOutside(
                () -> sql.call("select record_refused_sign_in(?, ?, ?)", email, email + ": " + why, address()));
    }

    /** Where the running request comes from, as far as there is one. */
    Optional<String> address() {
        if (!Arc.container().requestContext().isActive() || request.getCurrent() == null) {
            return Optional.empty();
        }
        return Optional.of(addresses.of(request.getCurrent()));
    }
}
