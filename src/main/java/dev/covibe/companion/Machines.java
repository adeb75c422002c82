package dev.covibe.companion;

import dev.covibe.identity.Audit;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Role;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What machines say of themselves, and what the companion does there about collisions. */
@ApplicationScoped
class Machines {

    private final Transactions transactions;
    private final Sql sql;
    private final Audit audit;
    private final Clock clock;

    Machines(Transactions transactions, Sql sql, Audit audit, Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.audit = audit;
        this.clock = clock;
    }

    /** Remembers what a machine said last. */
    void seen(Caller caller, Heartbeat said) {
        Heartbeat heartbeat = said.checked();
        transactions.run(caller.place(), () -> {
            UUID id = sql.one(
                    """
                    insert into companion_machines
                        (id, workspace_id, developer_id, name, version, platform, node, service, update_version, update_outcome, seen_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (workspace_id, developer_id, name) do update set
                        version = excluded.version, platform = excluded.platform, node = excluded.node,
                        service = excluded.service, seen_at = excluded.seen_at,
                        update_version = coalesce(excluded.update_version, companion_machines.update_version),
                        update_outcome = coalesce(excluded.update_outcome, companion_machines.update_outcome)
                    returning id
                    """,
                    row -> row.uuid("id"),
                    Ids.next(),
                    caller.workspaceId(),
                    caller.developerId(),
                    heartbeat.machine(),
                    heartbeat.version(),
                    heartbeat.platform(),
                    heartbeat.node(),
                    heartbeat.service(),
                    heartbeat.update().map(Heartbeat.Update::version),
                    heartbeat.update().map(Heartbeat.Update::outcome),
                    clock.instant());
            sql.update(
                    "delete from companion_repositories where workspace_id = ? and machine_id = ?",
                    caller.workspaceId(),
                    id);
            List<Object[]> rows = new ArrayList<>();
            for (Heartbeat.Repository repository : heartbeat.repositories()) {
                rows.add(new Object[] {caller.workspaceId(), id, rows.size(), repository.name(), repository.state()});
            }
            sql.batch(
                    "insert into companion_repositories (workspace_id, machine_id, place, name, state) values (?, ?, ?, ?, ?)",
                    rows);
        });
    }

    /** Takes a machine off the list: one's own, or any for an admin. It comes back when it is heard of again. */
    void forget(Caller caller, UUID id) {
        transactions.run(caller.place(), () -> {
            String name = sql.first(
                            """
                            delete from companion_machines where workspace_id = ? and id = ? and (developer_id = ? or ?)
                            returning name
                            """,
                            row -> row.text("name"),
                            caller.workspaceId(),
                            id,
                            caller.developerId(),
                            caller.role() == Role.ADMIN)
                    .orElseThrow(() -> Refusal.notFound("machine.unknown", "There is no such machine."));
            audit.record(caller, "device.forgotten", name);
        });
    }

    Collisions collisions(Caller caller) {
        return transactions
                .in(
                        caller.place(),
                        () -> sql.first(
                                "select on_collision from companion_rules where workspace_id = ?",
                                row -> Collisions.of(row.text("on_collision")),
                                caller.workspaceId()))
                .orElse(Collisions.WARN);
    }

    void decide(Caller caller, Collisions onCollision) {
        caller.mustBeAdmin();
        transactions.run(caller.place(), () -> sql.update("""
                        insert into companion_rules (workspace_id, on_collision) values (?, ?)
                        on conflict (workspace_id) do update set on_collision = excluded.on_collision
                        """, caller.workspaceId(), onCollision.key()));
    }
}
