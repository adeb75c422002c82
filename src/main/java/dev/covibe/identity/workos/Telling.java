package dev.covibe.identity.workos;

import dev.covibe.identity.workos.OutboxWorker.Letter;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/**
 * What each kind of outbox row says to WorkOS. Every one may be said twice: a try that was cut off may have arrived, so
 * what is there already counts as said.
 */
@ApplicationScoped
class Telling {

    /** How WorkOS says that an invitation is not open any more, or a membership gone: in either case there is nothing to end. */
    private static final Set<Integer> OVER = Set.of(400, 404, 409, 422);

    private static final int SLICE = 100;

    private final WorkosApi workos;
    private final Transactions transactions;
    private final Sql sql;

    Telling(@RestClient WorkosApi workos, Transactions transactions, Sql sql) {
        this.workos = workos;
        this.transactions = transactions;
        this.sql = sql;
    }

    /** Something that must be there first is not there yet. */
    static final class NotYet extends RuntimeException {
        NotYet(String message) {
            super(message, null, false, false);
        }
    }

    private record Person(Optional<String> user, Optional<String> invitation) {}

    /**
     * @throws WorkosFailure when WorkOS says no
     * @throws jakarta.ws.rs.ProcessingException when it cannot be reached
     * @throws NotYet when the company has no organization there
     */
    void tell(Letter letter) {
        switch (letter.kind()) {
            case INVITATION -> invite(letter);
            case MEMBERSHIP -> letIn(letter);
            case MEMBERSHIP_ROLE -> changeRole(letter);
            case MEMBERSHIP_END -> showOut(letter);
            case PASSWORD_RESET ->
                workos.resetPassword(
                        new WorkosApi.PasswordReset(letter.payload().getString("email")));
            case ORGANIZATION_NAME ->
                workos.renameOrganization(
                        organization(letter),
                        new WorkosApi.NameChange(letter.payload().getString("name")));
        }
    }

    private void invite(Letter letter) {
        String email = letter.payload().getString("email");
        String organization = organization(letter);
        Optional<WorkosApi.SentInvitation> open = workos.invitations(email, organization, SLICE).data().stream()
                .filter(sent -> sent.state().equals("pending"))
                .findFirst();
        // An open one was sent by an earlier try, or is asked for once more.
        WorkosApi.SentInvitation sent = open.isEmpty()
                ? workos.invite(new WorkosApi.NewInvitation(
                        email, organization, letter.payload().getString("role")))
                : letter.attempts() > 1
                        ? open.get()
                        : workos.resendInvitation(open.get().id());
        transactions.run(
                letter.place(),
                () -> sql.update(
                        "update invitations set workos_invitation_id = ? where developer_id = ?",
                        sent.id(),
                        letter.developerId()));
    }

    private void letIn(Letter letter) {
        String user = person(letter).user().orElseThrow(() -> new NotYet("The person is not known at WorkOS yet."));
        String organization = organization(letter);
        if (membership(user, organization).isEmpty()) {
            workos.createMembership(new WorkosApi.NewMembership(
                    user, organization, letter.payload().getString("role")));
        }
    }

    /** Whoever has not come yet gets the role that is theirs here when they do. */
    private void changeRole(Letter letter) {
        String role = letter.payload().getString("role");
        person(letter)
                .user()
                .flatMap(user -> membership(user, organization(letter)))
                .ifPresent(membership -> workos.changeMembership(membership.id(), new WorkosApi.RoleChange(role)));
    }

    private void showOut(Letter letter) {
        Person person = person(letter);
        person.invitation().ifPresent(invitation -> unlessGone(() -> workos.revokeInvitation(invitation)));
        person.user()
                .flatMap(user -> membership(user, organization(letter)))
                .ifPresent(membership -> unlessGone(() -> workos.deleteMembership(membership.id())));
    }

    private static void unlessGone(Runnable call) {
        try {
            call.run();
        } catch (WorkosFailure failure) {
            if (!OVER.contains(failure.status())) {
                throw failure;
            }
        }
    }

    private Optional<WorkosApi.Membership> membership(String user, String organization) {
        return workos.memberships(user, "active", SLICE).data().stream()
                .filter(membership -> membership.organizationId().equals(organization))
                .findFirst();
    }

    private String organization(Letter letter) {
        return transactions
                .in(
                        letter.place(),
                        () -> sql.one(
                                "select workos_organization_id from tenants where id = ?",
                                row -> row.optionalText("workos_organization_id"),
                                letter.tenantId()))
                .orElseThrow(() -> new NotYet("The company has no organization at WorkOS yet."));
    }

    private Person person(Letter letter) {
        UUID id = letter.developerId().orElseThrow();
        return transactions.in(
                letter.place(),
                () -> sql.one(
                        """
                        select d.workos_user_id,
                               (select i.workos_invitation_id from invitations i
                                 where i.developer_id = d.id and i.accepted_at is null) as invitation
                          from developers d
                         where d.id = ?
                        """,
                        row -> new Person(row.optionalText("workos_user_id"), row.optionalText("invitation")),
                        id));
    }
}
