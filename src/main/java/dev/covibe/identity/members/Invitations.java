package dev.covibe.identity.members;

import dev.covibe.identity.Audit;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Email;
import dev.covibe.identity.Handle;
import dev.covibe.identity.Name;
import dev.covibe.identity.Role;
import dev.covibe.identity.workos.NewUsers;
import dev.covibe.identity.workos.Outbox;
import dev.covibe.identity.workos.OutboxKind;
import dev.covibe.identity.workos.WorkosAccount;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How somebody becomes a member (IDN-5). In WorkOS mode they get a mail from WorkOS, through the outbox; in local mode
 * they can sign in at once.
 */
@ApplicationScoped
public class Invitations {

    private static final int SHORTEST_PASSWORD = 10;
    private static final int LONGEST_PASSWORD = 200;

    private final Transactions transactions;
    private final Sql sql;
    private final Members members;
    private final Outbox outbox;
    private final NewUsers newUsers;
    private final Audit audit;
    private final WorkosAccount account;

    Invitations(
            Transactions transactions,
            Sql sql,
            Members members,
            Outbox outbox,
            NewUsers newUsers,
            Audit audit,
            WorkosAccount account) {
        this.transactions = transactions;
        this.sql = sql;
        this.members = members;
        this.outbox = outbox;
        this.newUsers = newUsers;
        this.audit = audit;
        this.account = account;
    }

    /**
     * Who is to come.
     *
     * @param name what the email begins with, when empty
     * @param workspaces where they may work, at least one
     */
    public record Wanted(String email, Optional<String> name, Role role, List<UUID> workspaces) {

        /** @throws Refusal.Invalid when the email is none, the name is too long, or no workspace is chosen */
        public Wanted {
            email = Email.read(email)
                    .orElseThrow(
                            () -> Refusal.invalidField("/email", "Write an email address, such as kim@example.com."));
            name = name.filter(said -> !said.isBlank()).map(said -> Name.of("/name", "A person", said));
            if (workspaces.isEmpty()) {
                throw Refusal.invalidField("/workspaces", "Choose at least one workspace.");
            }
        }
    }

    /**
     * Invites by email.
     *
     * @throws Refusal.Forbidden {@code identity.admin-only}, {@code identity.people-only}
     * @throws Refusal.Conflict {@code member.known}
     * @throws Refusal.Invalid when a workspace is not the company's or is archived
     */
    public Member invite(Caller caller, Wanted wanted) {
        caller.mustBeAdminInPerson();
        return transactions.in(caller.place(), () -> {
            UUID id = join(caller, wanted);
            if (isWorkos()) {
                pending(caller, id);
                mail(caller, id, wanted.email(), wanted.role());
            }
            audit.record(caller, isWorkos() ? "member.invited" : "member.added", wanted.email());
            return members.find(caller, id);
        });
    }

    /**
     * Makes the person at WorkOS with a first password, which goes straight there and is kept nowhere.
     *
     * @param password 10 to 200 characters
     * @throws Refusal.Conflict {@code member.no-passwords} in local mode; {@code workos.away} when WorkOS cannot be
     *     asked, and {@code workos.refused} when it says no: then nothing has happened here
     */
    public Member create(Caller caller, Wanted wanted, String password) {
        caller.mustBeAdminInPerson();
        if (!isWorkos()) {
            throw Refusal.conflict(
                    "member.no-passwords", "Nobody has a password here: only WorkOS keeps them. Invite them instead.");
        }
        if (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD) {
            throw Refusal.invalidField(
                    "/initial_password",
                    "A first password has " + SHORTEST_PASSWORD + " to " + LONGEST_PASSWORD + " characters.");
        }
        // Everything that can be refused here is refused before WorkOS is asked: what it made could not be undone.
        transactions.rehearse(caller.place(), () -> join(caller, wanted));
        String user = newUsers.create(wanted.email(), wanted.name(), password);
        return transactions.in(caller.place(), () -> {
            UUID id = join(caller, wanted);
            sql.update("update developers set workos_user_id = ? where id = ?", user, id);
            outbox.add(
                    caller,
                    OutboxKind.MEMBERSHIP,
                    wanted.email(),
                    Map.of("role", wanted.role().key()),
                    Optional.of(id));
            audit.record(caller, "member.created", wanted.email());
            return members.find(caller, id);
        });
    }

    /**
     * Has WorkOS send the mail once more.
     *
     * @throws Refusal.Conflict {@code member.not-invited} when they have come already
     */
    public void again(Caller caller, UUID id) {
        transactions.run(caller.place(), () -> {
            Member member = members.find(caller, id);
            caller.mustBeAdminInPerson();
            if (member.invitation().isEmpty()) {
                throw Refusal.conflict("member.not-invited", "@" + member.handle() + " is in already.");
            }
            outbox.drop(id, OutboxKind.INVITATION);
            pending(caller, id);
            mail(caller, id, member.email(), member.role().role());
            audit.record(caller, "member.invited-again", member.email());
        });
    }

    private record Known(UUID id, boolean removed) {}

    private UUID join(Caller caller, Wanted wanted) {
        UUID tenant = caller.place().tenantId();
        Optional<Known> known = sql.first(
                "select id, removed_at is not null as removed from developers where tenant_id = ? and email = ? for update",
                Invitations::known,
                tenant,
                wanted.email());
        if (known.isPresent() && !known.get().removed()) {
            throw Refusal.conflict("member.known", wanted.email() + " is in your company already.");
        }
        String name = wanted.name().orElseGet(() -> Handle.localPart(wanted.email()));
        UUID id = known.map(Known::id).orElseGet(() -> insert(tenant, wanted, name));
        // Whoever comes back is the same person, with the handle that the history knows.
        sql.update(
                "update developers set removed_at = null, role = ?, name = coalesce(?, name) where id = ?",
                wanted.role().key(),
                wanted.name(),
                id);
        int entered = sql.update("""
                insert into workspace_members (tenant_id, workspace_id, developer_id)
                select tenant_id, id, ? from workspaces where id = any(?) and tenant_id = ? and archived_at is null
                    on conflict do nothing
                """, id, wanted.workspaces(), tenant);
        if (entered != wanted.workspaces().stream().distinct().count()) {
            throw Refusal.invalidField("/workspaces", "There is no such workspace in your company.");
        }
        return id;
    }

    private UUID insert(UUID tenant, Wanted wanted, String name) {
        UUID id = Ids.next();
        for (int attempt = 0; ; attempt++) {
            int inserted = sql.update(
                    """
                    insert into developers (id, tenant_id, email, name, handle, role) values (?, ?, ?, ?, ?, ?)
                        on conflict (tenant_id, handle) do nothing
                    """,
                    id,
                    tenant,
                    wanted.email(),
                    name,
                    Handle.madeOf(wanted.email(), attempt),
                    wanted.role().key());
            if (inserted > 0) {
                return id;
            }
        }
    }

    private static Known known(Row row) throws SQLException {
        return new Known(row.uuid("id"), row.bool("removed"));
    }

    private void pending(Caller caller, UUID id) {
        sql.update("""
                insert into invitations (id, tenant_id, developer_id, invited_by) values (?, ?, ?, ?)
                    on conflict (developer_id) do update
                       set invited_by = excluded.invited_by, invited_at = now(), accepted_at = null, ended_at = null
                """, Ids.next(), caller.place().tenantId(), id, caller.developerId());
    }

    private void mail(Caller caller, UUID id, String email, Role role) {
        outbox.add(caller, OutboxKind.INVITATION, email, Map.of("email", email, "role", role.key()), Optional.of(id));
    }

    private boolean isWorkos() {
        return account.isThere();
    }
}
