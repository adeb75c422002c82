package dev.covibe.identity.members;

import dev.covibe.identity.Access;
import dev.covibe.identity.Audit;
import dev.covibe.identity.Role;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Closes a company whose organization is gone at WorkOS (IDN-12): everybody is out at once, and nobody comes in. Nothing is
 * deleted; an operator opens it again, or resets it.
 */
@ApplicationScoped
public class Closing {

    private static final Logger LOG = Logger.getLogger(Closing.class);

    private final Transactions transactions;
    private final Sql sql;
    private final Access access;
    private final Audit audit;
    private final Event<AccessEnded> ended;

    Closing(Transactions transactions, Sql sql, Access access, Audit audit, Event<AccessEnded> ended) {
        this.transactions = transactions;
        this.sql = sql;
        this.access = access;
        this.audit = audit;
        this.ended = ended;
    }

    private record Seat(UUID workspaceId, UUID developerId, String handle, Role role) {}

    /** A second time changes nothing. */
    public void close(UUID tenantId) {
        List<Seat> lost = transactions.in(new Place(tenantId, Ids.next()), () -> shut(tenantId));
        for (Seat seat : lost) {
            access.changed(seat.developerId());
            ended.fire(new AccessEnded(
                    new Place(tenantId, seat.workspaceId()), seat.developerId(), seat.handle(), seat.role()));
        }
    }

    private List<Seat> shut(UUID tenantId) {
        int closed = sql.update("update tenants set closed_at = now() where id = ? and closed_at is null", tenantId);
        if (closed == 0) {
            return List.of();
        }
        List<Seat> seats = sql.list(
                """
                select m.workspace_id, d.id, d.handle, d.role
                  from workspace_members m
                  join developers d on d.id = m.developer_id and d.removed_at is null
                  join workspaces w on w.id = m.workspace_id and w.archived_at is null
                 where m.tenant_id = ?
                """,
                row -> new Seat(
                        row.uuid("workspace_id"), row.uuid("id"), row.text("handle"), Role.of(row.text("role"))),
                tenantId);
        // now() is the transaction's: both moments are the same, and so opening again knows which workspaces to open.
        sql.update("update workspaces set archived_at = now() where tenant_id = ? and archived_at is null", tenantId);
        sql.call("select close_person_sessions_of(id) from developers where tenant_id = ?", tenantId);
        audit.recordFromOutside(tenantId, "tenant.closed", "its organization was deleted at WorkOS");
        LOG.warnf(
                "The organization of company %s was deleted at WorkOS. The company is closed: nobody gets in, nothing is"
                        + " deleted. `covibe doctor` names it, and docs/administration.md says how to open it again.",
                tenantId);
        return seats;
    }
}
