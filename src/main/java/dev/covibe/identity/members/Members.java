package dev.covibe.identity.members;

import dev.covibe.identity.Access;
import dev.covibe.identity.Audit;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Role;
import dev.covibe.identity.photos.Photos;
import dev.covibe.identity.workos.Outbox;
import dev.covibe.identity.workos.OutboxKind;
import dev.covibe.identity.workos.WorkosAccount;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Sql;
import dev.covibe.platform.web.Cursor;
import dev.covibe.platform.web.Page;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The people of a company: who is in, in which role, and who is shown out (IDN-5). Whoever is removed is out within a
 * second on every instance: tokens, browser sessions, agent sessions and open streams. Their history stays.
 */
@ApplicationScoped
public class Members {

    private final Transactions transactions;
    private final Sql sql;
    private final MemberQueries queries;
    private final Outbox outbox;
    private final Access access;
    private final Audit audit;
    private final Event<AccessEnded> ended;
    private final Photos photos;
    private final WorkosAccount account;

    Members(
            Transactions transactions,
            Sql sql,
            MemberQueries queries,
            Outbox outbox,
            Access access,
            Audit audit,
            Event<AccessEnded> ended,
            Photos photos,
            WorkosAccount account) {
        this.transactions = transactions;
        this.sql = sql;
        this.queries = queries;
        this.outbox = outbox;
        this.access = access;
        this.audit = audit;
        this.ended = ended;
        this.photos = photos;
        this.account = account;
    }

    /** Who is in, the longest first. */
    public Page<Member> list(Caller caller, Optional<Cursor> cursor, int limit) {
        return transactions.in(
                caller.place(),
                () -> Page.of(
                        queries.page(caller, cursor, limit + 1),
                        limit,
                        member -> new Cursor(member.joinedAt(), member.id())));
    }

    /** @throws Refusal.NotFound {@code member.unknown} */
    public Member find(Caller caller, UUID id) {
        return transactions.in(caller.place(), () -> known(caller, id));
    }

    private Member known(Caller caller, UUID id) {
        return queries.find(caller, id)
                .orElseThrow(() -> Refusal.notFound("member.unknown", "There is no such person in your company."));
    }

    /**
     * Makes somebody an admin or a member.
     *
     * @throws Refusal.NotFound {@code member.unknown}
     * @throws Refusal.Forbidden {@code identity.admin-only}, {@code identity.people-only}
     * @throws Refusal.Conflict {@code member.last-admin}
     */
    public Member changeRole(Caller caller, UUID id, Role role) {
        Member changed = transactions.in(caller.place(), () -> {
            Member member = locked(caller, id);
            if (member.role().role() == role) {
                return member;
            }
            if (role == Role.MEMBER) {
                mustLeaveAnAdmin(caller, member);
            }
            sql.update("update developers set role = ? where id = ?", role.key(), id);
            audit.record(caller, "member.role-changed", member.email() + " is now " + role.key());
            if (isWorkos()) {
                outbox.add(
                        caller,
                        OutboxKind.MEMBERSHIP_ROLE,
                        member.email(),
                        Map.of("role", role.key()),
                        Optional.of(id));
            }
            return known(caller, id);
        });
        access.changed(id);
        return changed;
    }

    /**
     * Shows somebody out. Their handle and all that they did stay readable.
     *
     * @throws Refusal.NotFound {@code member.unknown}
     * @throws Refusal.Forbidden {@code identity.admin-only}, {@code identity.people-only}
     * @throws Refusal.Conflict {@code member.last-admin}
     */
    public void remove(Caller caller, UUID id) {
        Member gone = transactions.in(caller.place(), () -> {
            Member member = locked(caller, id);
            mustLeaveAnAdmin(caller, member);
            audit.record(caller, "member.removed", member.email());
            close(id);
            if (isWorkos()) {
                outbox.drop(id, OutboxKind.INVITATION);
                outbox.add(caller, OutboxKind.MEMBERSHIP_END, member.email(), Map.of(), Optional.of(id));
            }
            return member;
        });
        photos.forget(caller.place(), id);
        tellRemoved(caller.place().tenantId(), gone);
    }

    /** What WorkOS says is out is out: nothing is told back, and the last admin may go as well. */
    public void removedElsewhere(Place place, UUID id) {
        Caller anybody = new Caller(place, id, "", Role.ADMIN, Optional.empty(), Optional.empty());
        Optional<Member> gone = transactions.in(place, () -> {
            Optional<Member> member = queries.find(anybody, id);
            member.ifPresent(known -> {
                audit.recordFromOutside(place.tenantId(), "member.removed", known.email() + ", by WorkOS");
                close(id);
            });
            return member;
        });
        photos.forget(place, id);
        gone.ifPresent(member -> tellRemoved(place.tenantId(), member));
    }

    /**
     * WorkOS may demote anybody but the last admin who could still act: nobody could administrate the company here any
     * more.
     */
    public void roleChangedElsewhere(Place place, UUID id, String email, Role role) {
        int changed = transactions.in(place, () -> {
            transactions.oneAfterTheOther();
            if (role != Role.ADMIN && !queries.hasAnotherAdmin(place.tenantId(), id)) {
                return 0;
            }
            int rows =
                    sql.update("update developers set role = ? where id = ? and role <> ?", role.key(), id, role.key());
            if (rows > 0) {
                audit.recordFromOutside(
                        place.tenantId(), "member.role-changed", email + " is now " + role.key() + ", by WorkOS");
            }
            return rows;
        });
        if (changed > 0) {
            access.changed(id);
        }
    }

    private void close(UUID id) {
        sql.update("update developers set removed_at = now(), role = 'member' where id = ?", id);
        sql.update("update mcp_tokens set revoked_at = now() where developer_id = ? and revoked_at is null", id);
        sql.update("delete from workspace_members where developer_id = ?", id);
        sql.update("update invitations set ended_at = now() where developer_id = ? and ended_at is null", id);
        sql.call("select close_person_sessions_of(?)", id);
    }

    private void tellRemoved(UUID tenantId, Member member) {
        access.changed(member.id());
        member.workspaces()
                .forEach(workspace -> ended.fire(new AccessEnded(
                        new Place(tenantId, workspace.id()),
                        member.id(),
                        member.handle(),
                        member.role().role())));
    }

    /**
     * Has WorkOS mail them a link for a new password.
     *
     * @throws Refusal.Conflict {@code member.no-passwords} in local mode
     */
    public void requestPasswordReset(Caller caller, UUID id) {
        transactions.run(caller.place(), () -> {
            Member member = locked(caller, id);
            if (!isWorkos()) {
                throw Refusal.conflict("member.no-passwords", "Nobody has a password here: only WorkOS keeps them.");
            }
            outbox.add(
                    caller,
                    OutboxKind.PASSWORD_RESET,
                    member.email(),
                    Map.of("email", member.email()),
                    Optional.of(id));
            audit.record(caller, "member.password-reset-requested", member.email());
        });
    }

    private Member locked(Caller caller, UUID id) {
        transactions.oneAfterTheOther();
        Member member = known(caller, id);
        caller.mustBeAdminInPerson();
        mustStillBeAdmin(caller);
        return member;
    }

    /** The role of a request was read before the lock: whoever was demoted meanwhile acts no more. */
    private void mustStillBeAdmin(Caller caller) {
        List<String> role = sql.list(
                "select role from developers where id = ? and removed_at is null",
                row -> row.text("role"),
                caller.developerId());
        if (!role.equals(List.of(Role.ADMIN.key()))) {
            throw Refusal.forbidden("identity.admin-only", "Only an admin of the company may do this.");
        }
    }

    private void mustLeaveAnAdmin(Caller caller, Member member) {
        if (member.admin() && !queries.hasAnotherAdmin(caller.place().tenantId(), member.id())) {
            throw Refusal.conflict(
                    "member.last-admin",
                    "@" + member.handle() + " is the last admin. Make somebody else an admin first.");
        }
    }

    private boolean isWorkos() {
        return account.isThere();
    }
}
