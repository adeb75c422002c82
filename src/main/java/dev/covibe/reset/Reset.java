package dev.covibe.reset;

import dev.covibe.identity.Audit;
import dev.covibe.identity.Caller;
import dev.covibe.journal.EventKind;
import dev.covibe.journal.Journal;
import dev.covibe.journal.Subject;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Sql;
import dev.covibe.platform.sql.SqlFailure;
import dev.covibe.tenancy.Erasable;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import io.quarkus.arc.All;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Deletes every workspace's work and keeps tenants, workspaces, people, tokens and settings (IDN-11). Each workspace has
 * its own transaction: when one fails the others stand, and running it again finishes. A workspace that has been emptied
 * already, and in which nothing happened since, is passed over, so its one event keeps the right counts.
 */
@ApplicationScoped
public class Reset {

    private static final Logger LOG = Logger.getLogger(Reset.class);

    /** Where the server itself may only add. */
    private static final Set<String> APPEND_ONLY = Set.of("work_events", "usage_events", "usage_seen", "spans");

    private final Transactions transactions;
    private final Sql sql;
    private final Journal journal;
    private final Audit audit;
    private final List<Erasable> erasables;

    Reset(Transactions transactions, Sql sql, Journal journal, Audit audit, @All List<Erasable> erasables) {
        this.transactions = transactions;
        this.sql = sql;
        this.journal = journal;
        this.audit = audit;
        this.erasables = erasables;
    }

    /**
     * What went.
     *
     * @param workspaces those in which anything was deleted, by name
     */
    @RegisterForReflection
    public record Report(List<Emptied> workspaces) {}

    /** @param deleted rows by table; tables that had none are left out */
    @RegisterForReflection
    public record Emptied(UUID id, String name, Map<String, Long> deleted) {}

    private record Workspace(Place place, String name) {}

    /**
     * @param typedName the company's name, as the person typed it
     * @throws Refusal.Forbidden {@code identity.admin-only}, {@code identity.people-only}
     * @throws Refusal.Invalid when the name is not the company's
     * @throws Refusal.Conflict {@code workspace.reset-interrupted} when a workspace failed; the others are done, and
     *     running it again finishes
     */
    public Report run(Caller caller, String typedName) {
        caller.mustBeAdminInPerson();
        String tenant = transactions.in(
                caller.place(),
                () -> sql.one(
                        "select name from tenants where id = ?",
                        row -> row.text("name"),
                        caller.place().tenantId()));
        if (!typedName.strip().equals(tenant)) {
            throw Refusal.invalidField("/tenant", "Type the company's name exactly: " + tenant);
        }
        audit.record(caller, "workspace.reset", tenant);
        List<Emptied> emptied = new ArrayList<>();
        List<String> failed = new ArrayList<>();
        for (Workspace workspace : workspaces(caller)) {
            try {
                Map<String, Long> deleted = erase(caller, workspace.place());
                if (!deleted.isEmpty()) {
                    emptied.add(new Emptied(workspace.place().workspaceId(), workspace.name(), deleted));
                }
            } catch (SqlFailure failure) {
                LOG.errorf(
                        failure,
                        "Workspace %s was not reset; the others go on, and the caller is told.",
                        workspace.place().workspaceId());
                failed.add(workspace.name());
            }
        }
        if (!failed.isEmpty()) {
            throw Refusal.conflict(
                    "workspace.reset-interrupted",
                    "Not deleted yet: " + String.join(", ", failed) + ". All others are done. Run it again to finish.",
                    Map.of("failed", failed, "done", emptied));
        }
        return new Report(emptied);
    }

    private List<Workspace> workspaces(Caller caller) {
        UUID tenant = caller.place().tenantId();
        return transactions.in(
                caller.place(),
                () -> sql.list(
                        "select id, name from workspaces where tenant_id = ? order by name, id",
                        row -> new Workspace(new Place(tenant, row.uuid("id")), row.text("name")),
                        tenant));
    }

    private Map<String, Long> erase(Caller caller, Place place) {
        return transactions.in(place, () -> {
            // Of two resets at once the second finds the workspace empty.
            sql.call(
                    "select pg_advisory_xact_lock(hashtext('covibe.reset ' || ?))",
                    place.workspaceId().toString());
            Map<String, Long> deleted = new TreeMap<>();
            for (String table : inOrder()) {
                long rows = delete(table, place);
                if (rows > 0) {
                    deleted.put(table, rows);
                }
            }
            if (!deleted.isEmpty() || !hasBeenReset(place)) {
                journal.record(
                        caller.at(place),
                        EventKind.WORKSPACE_DATA_RESET,
                        Subject.workspace(place.workspaceId()),
                        Map.of("deleted", deleted));
            }
            return deleted;
        });
    }

    private long delete(String table, Place place) {
        if (APPEND_ONLY.contains(table)) {
            return sql.one("select erase_append_only(?) as gone", row -> row.bigint("gone"), table);
        }
        // The name is one of ours, from a class of a feature, never from a request.
        return sql.update("delete from " + table + " where workspace_id = ?", place.workspaceId());
    }

    private boolean hasBeenReset(Place place) {
        return sql.first(
                        "select 1 as one from work_events where workspace_id = ? and kind = ? limit 1",
                        row -> row.integer("one"),
                        place.workspaceId(),
                        EventKind.WORKSPACE_DATA_RESET.key())
                .isPresent();
    }

    private record Reference(String from, String to) {}

    /** The tables, each before those that it refers to: read from the database, which knows. */
    private List<String> inOrder() {
        List<String> open = erasables.stream()
                .flatMap(erasable -> erasable.tables().stream())
                .sorted()
                .collect(Collectors.toCollection(ArrayList::new));
        List<Reference> references = sql.list("""
                select c.relname as source, t.relname as target
                  from pg_constraint k
                  join pg_class c on c.oid = k.conrelid
                  join pg_class t on t.oid = k.confrelid
                 where k.contype = 'f' and k.connamespace = 'covibe'::regnamespace and c.oid <> t.oid
                """, row -> new Reference(row.text("source"), row.text("target")));
        List<String> ordered = new ArrayList<>();
        while (!open.isEmpty()) {
            List<String> free = open.stream()
                    .filter(table -> references.stream()
                            .noneMatch(reference -> reference.to().equals(table) && open.contains(reference.from())))
                    .toList();
            if (free.isEmpty()) {
                throw new IllegalStateException("These tables refer to each other in a circle: " + open);
            }
            ordered.addAll(free);
            open.removeAll(free);
        }
        return ordered;
    }
}
