package dev.covibe.work;

import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Sql;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import java.util.UUID;

/** Loads and saves workstreams. */
@ApplicationScoped
class Workstreams implements PanacheRepositoryBase<Workstream, UUID> {

    private final Sql sql;

    Workstreams(Sql sql) {
        this.sql = sql;
    }

    Optional<Workstream> named(Caller caller, String key) {
        return ItemKey.of(key).filter(ItemKey::isWorkstream).flatMap(item -> find(
                        "workspaceId = ?1 and number = ?2", caller.workspaceId(), item.number())
                .firstResultOptional());
    }

    /** @throws Refusal.NotFound {@code workstream.unknown} */
    Workstream locked(Caller caller, String key) {
        Workstream workstream = named(caller, key).orElseThrow(() -> unknown(key));
        getEntityManager().lock(workstream, LockModeType.PESSIMISTIC_WRITE);
        return workstream;
    }

    static Refusal unknown(String key) {
        return Refusal.notFound("workstream.unknown", "There is no workstream " + key + " in this workspace.");
    }

    int nextNumber(Caller caller) {
        return sql.one("""
                insert into workstream_numbers as n (workspace_id, last_number) values (?, 1)
                on conflict (workspace_id) do update set last_number = n.last_number + 1
                returning last_number
                """, row -> row.integer("last_number"), caller.workspaceId());
    }
}
