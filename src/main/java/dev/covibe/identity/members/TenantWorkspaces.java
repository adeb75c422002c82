package dev.covibe.identity.members;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.covibe.identity.Access;
import dev.covibe.identity.Audit;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Name;
import dev.covibe.identity.Onboarding;
import dev.covibe.identity.Role;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The workspaces of a company and who may work in each (IDN-5, IDN-6). An archived one is closed and keeps everything. */
@ApplicationScoped
public class TenantWorkspaces {

    private static final int MOST = 500;

    private final Transactions transactions;
    private final Sql sql;
    private final Access access;
    private final Audit audit;
    private final Event<AccessEnded> ended;

    TenantWorkspaces(Transactions transactions, Sql sql, Access access, Audit audit, Event<AccessEnded> ended) {
        this.transactions = transactions;
        this.sql = sql;
        this.access = access;
        this.audit = audit;
        this.ended = ended;
    }

    /**
     * @param slug its name's form in addresses and on the command line
     * @param members how many people may work in it
     * @param mine whether the caller may
     * @param archivedAt absent while it is open
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Workspace(
            UUID id,
            String name,
            String slug,
            int members,
            boolean mine,
            Instant createdAt,
            Optional<Instant> archivedAt) {}

    private record Person(UUID id, String handle, Role role) {}

    private static final String WORKSPACES = """
            select w.id, w.name, w.slug, w.created_at, w.archived_at,
                   (select count(*) from workspace_members m
                      join developers d on d.id = m.developer_id and d.removed_at is null
                     where m.workspace_id = w.id) as members,
                   exists (select from workspace_members m where m.workspace_id = w.id and m.developer_id = ?) as mine
              from workspaces w
             where w.tenant_id = ?
            """;

    /** The open ones by name, then the archived; a member sees only their own. At most 500. */
    public List<Workspace> list(Caller caller) {
        return transactions.in(caller.place(), () -> sql
                .list(
                        WORKSPACES + " order by w.archived_at is not null, w.name, w.id limit " + MOST,
                        TenantWorkspaces::workspace,
                        caller.developerId(),
                        caller.place().tenantId())
                .stream()
                .filter(workspace -> caller.role() == Role.ADMIN || workspace.mine())
                .toList());
    }

    private static Workspace workspace(Row row) throws SQLException {
        return new Workspace(
                row.uuid("id"),
                row.text("name"),
                row.text("slug"),
                row.integer("members"),
                row.bool("mine"),
                row.instant("created_at"),
                row.optionalInstant("archived_at"));
    }

    /**
     * Opens a workspace; who does so is its first member.
     *
     * @throws Refusal.Conflict {@code workspace.name-taken}
     */
    public Workspace create(Caller caller, String name) {
        caller.mustBeAdminInPerson();
        String wanted = named(name);
        UUID id = Ids.next();
        return transactions.in(caller.place(), () -> {
            transactions.oneAfterTheOther();
            String slug = freeSlug(caller, wanted, id);
            sql.update(
                    "insert into workspaces (id, tenant_id, name, slug) values (?, ?, ?, ?)",
                    id,
                    caller.place().tenantId(),
                    wanted,
                    slug);
            join(caller, id, caller.developerId());
            audit.record(caller, "workspace.created", wanted);
            return known(caller, id);
        });
    }

    /** @throws Refusal.Conflict {@code workspace.name-taken} */
    public Workspace rename(Caller caller, UUID id, String name) {
        return transactions.in(caller.place(), () -> {
            Workspace before = locked(caller, id);
            String wanted = named(name);
            if (wanted.equals(before.name())) {
                return before;
            }
            sql.update(
                    "update workspaces set name = ?, slug = ? where id = ?", wanted, freeSlug(caller, wanted, id), id);
            audit.record(caller, "workspace.renamed", before.name() + " is now " + wanted);
            return known(caller, id);
        });
    }

    /**
     * Closes a workspace: nobody enters it, and its tokens stop working until it is opened again.
     *
     * @throws Refusal.Conflict {@code workspace.last} when it is the only open one
     */
    public Workspace archive(Caller caller, UUID id) {
        record Archived(Workspace workspace, List<Person> people) {}
        Archived archived = transactions.in(caller.place(), () -> {
            Workspace before = locked(caller, id);
            if (before.archivedAt().isPresent()) {
                return new Archived(before, List.of());
            }
            boolean last = sql.first(
                            "select id from workspaces where tenant_id = ? and archived_at is null and id <> ? limit 1",
                            row -> row.uuid("id"),
                            caller.place().tenantId(),
                            id)
                    .isEmpty();
            if (last) {
                throw Refusal.conflict("workspace.last", "This is the only open workspace. Create another one first.");
            }
            sql.update("update workspaces set archived_at = now() where id = ?", id);
            List<Person> people = people(id);
            people.forEach(person -> sql.call("select move_person_sessions(?, ?)", person.id(), id));
            audit.record(caller, "workspace.archived", before.name());
            return new Archived(known(caller, id), people);
        });
        archived.people().forEach(person -> tellOut(caller, id, person));
        return archived.workspace();
    }

    /** Opens an archived workspace again, as it was. */
    public Workspace reopen(Caller caller, UUID id) {
        return transactions.in(caller.place(), () -> {
            Workspace before = locked(caller, id);
            if (before.archivedAt().isPresent()) {
                sql.update("update workspaces set archived_at = null where id = ?", id);
                audit.record(caller, "workspace.reopened", before.name());
            }
            return known(caller, id);
        });
    }

    /** Lets a person of the company work in the workspace; once is as good as twice. */
    public void add(Caller caller, UUID id, UUID developerId) {
        transactions.run(caller.place(), () -> {
            Workspace workspace = locked(caller, id);
            Person person = person(caller, developerId);
            if (join(caller, id, developerId) > 0) {
                audit.record(caller, "workspace.member-added", "@" + person.handle() + " to " + workspace.name());
            }
        });
        access.changed(developerId);
    }

    /** Takes a person out of the workspace: their tokens for it die, and what runs there in their name ends. */
    public void remove(Caller caller, UUID id, UUID developerId) {
        Optional<Person> out = transactions.in(caller.place(), () -> {
            Workspace workspace = locked(caller, id);
            Person person = person(caller, developerId);
            int left = sql.update(
                    "delete from workspace_members where workspace_id = ? and developer_id = ?", id, developerId);
            if (left == 0) {
                return Optional.empty();
            }
            sql.update(
                    "update mcp_tokens set revoked_at = now() where developer_id = ? and workspace_id = ? and revoked_at is null",
                    developerId,
                    id);
            sql.call("select move_person_sessions(?, ?)", developerId, id);
            audit.record(caller, "workspace.member-removed", "@" + person.handle() + " from " + workspace.name());
            return Optional.of(person);
        });
        out.ifPresent(person -> tellOut(caller, id, person));
    }

    private void tellOut(Caller caller, UUID workspaceId, Person person) {
        access.changed(person.id());
        ended.fire(new AccessEnded(
                new Place(caller.place().tenantId(), workspaceId), person.id(), person.handle(), person.role()));
    }

    private int join(Caller caller, UUID id, UUID developerId) {
        return sql.update("""
                insert into workspace_members (tenant_id, workspace_id, developer_id) values (?, ?, ?)
                    on conflict do nothing
                """, caller.place().tenantId(), id, developerId);
    }

    private List<Person> people(UUID workspaceId) {
        return sql.list("""
                select d.id, d.handle, d.role from workspace_members m join developers d on d.id = m.developer_id
                 where m.workspace_id = ? and d.removed_at is null
                """, TenantWorkspaces::person, workspaceId);
    }

    private Person person(Caller caller, UUID developerId) {
        return sql.first(
                        "select id, handle, role from developers where id = ? and tenant_id = ? and removed_at is null",
                        TenantWorkspaces::person,
                        developerId,
                        caller.place().tenantId())
                .orElseThrow(() -> Refusal.notFound("member.unknown", "There is no such person in your company."));
    }

    private static Person person(Row row) throws SQLException {
        return new Person(row.uuid("id"), row.text("handle"), Role.of(row.text("role")));
    }

    private Workspace known(Caller caller, UUID id) {
        return sql.first(
                        WORKSPACES + " and w.id = ?",
                        TenantWorkspaces::workspace,
                        caller.developerId(),
                        caller.place().tenantId(),
                        id)
                .orElseThrow(() -> Refusal.notFound("workspace.unknown", "There is no such workspace."));
    }

    /** A member may not learn that another's workspace exists, so what is not theirs is not found. */
    private Workspace locked(Caller caller, UUID id) {
        transactions.oneAfterTheOther();
        Workspace workspace = known(caller, id);
        if (caller.role() != Role.ADMIN && !workspace.mine()) {
            throw Refusal.notFound("workspace.unknown", "There is no such workspace.");
        }
        caller.mustBeAdminInPerson();
        return workspace;
    }

    private static String named(String name) {
        return Name.of("/name", "A workspace", name);
    }

    private String freeSlug(Caller caller, String name, UUID id) {
        String slug = Onboarding.slug(name);
        boolean taken = sql.first(
                        "select id from workspaces where tenant_id = ? and slug = ? and id <> ?",
                        row -> row.uuid("id"),
                        caller.place().tenantId(),
                        slug,
                        id)
                .isPresent();
        if (taken) {
            throw Refusal.conflict("workspace.name-taken", "Your company has a workspace of that name already.");
        }
        return slug;
    }
}
