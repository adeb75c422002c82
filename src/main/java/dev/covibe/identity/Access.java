package dev.covibe.identity;

import dev.covibe.platform.bus.Bus;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Whether those who were let in may stay. Whoever takes a right away says so here, and every instance looks again. */
@ApplicationScoped
public class Access {

    private final Transactions transactions;
    private final Sql sql;
    private final Bus bus;

    Access(Transactions transactions, Sql sql, Bus bus) {
        this.transactions = transactions;
        this.sql = sql;
        this.bus = bus;
    }

    /** What this developer may enter changed. Call after the commit that changed it. */
    public void changed(UUID developerId) {
        bus.tellAccess(developerId);
    }

    /**
     * Those of the callers who may no longer be in the place: removed, no member there any more, the workspace archived,
     * or their token revoked or expired.
     */
    public Set<Caller> fallen(Place place, Collection<Caller> callers) {
        return transactions.in(place, () -> {
            Set<UUID> members = new HashSet<>(sql.list(
                    """
                    select m.developer_id
                      from workspace_members m
                      join developers d on d.id = m.developer_id and d.removed_at is null
                      join workspaces w on w.id = m.workspace_id and w.archived_at is null
                     where m.workspace_id = ? and m.developer_id = any(?)
                    """,
                    row -> row.uuid("developer_id"),
                    place.workspaceId(),
                    callers.stream().map(Caller::developerId).distinct().toArray(UUID[]::new)));
            List<UUID> tokens = callers.stream()
                    .flatMap(caller -> caller.token().stream())
                    .map(Caller.Token::id)
                    .distinct()
                    .toList();
            Set<UUID> dead = tokens.isEmpty()
                    ? Set.of()
                    : new HashSet<>(sql.list(
                            "select id from mcp_tokens where id = any(?) and (revoked_at is not null or expires_at <= now())",
                            row -> row.uuid("id"),
                            tokens));
            Set<Caller> fallen = new HashSet<>();
            for (Caller caller : callers) {
                boolean tokenDied =
                        caller.token().map(token -> dead.contains(token.id())).orElse(false);
                if (tokenDied || !members.contains(caller.developerId())) {
                    fallen.add(caller);
                }
            }
            return fallen;
        });
    }
}
