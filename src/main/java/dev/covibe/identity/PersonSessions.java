package dev.covibe.identity;

import dev.covibe.platform.crypto.Secrets;
import dev.covibe.platform.settings.CovibeSettings;
import dev.covibe.platform.settings.CovibeSettings.AuthMode;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Signed-in browsers: a row on the server, a random secret in the cookie. */
@ApplicationScoped
public class PersonSessions {

    /** How long a browser stays signed in. */
    public static final Duration LIFE = Duration.ofDays(30);

    /** How long at most a provider is believed, so that who was shut out there is shut out here. */
    public static final Duration PROVIDER_LIFE = Duration.ofDays(7);

    private final Transactions transactions;
    private final Sql sql;
    private final Secrets secrets;
    private final Audit audit;
    private final Clock clock;
    private final boolean local;

    PersonSessions(
            Transactions transactions, Sql sql, Secrets secrets, Audit audit, Clock clock, CovibeSettings settings) {
        this.transactions = transactions;
        this.sql = sql;
        this.secrets = secrets;
        this.audit = audit;
        this.clock = clock;
        this.local = settings.auth() == AuthMode.LOCAL;
    }

    /** A workspace that a person may enter. */
    public record Membership(UUID tenantId, String tenant, UUID workspaceId, String workspace, UUID developerId) {}

    /**
     * A signed-in person.
     *
     * @param caller empty until the person is a member of a workspace: then only onboarding is open
     * @param vouched by whom the person was signed in; empty in local mode, and never empty in WorkOS mode
     */
    public record Person(String email, Optional<String> name, Optional<Caller> caller, Optional<Vouched> vouched) {}

    /**
     * Who an identity provider says is there (IDN-2).
     *
     * @param id the provider's own id of the person, which never changes
     * @param email verified by the provider, in lower case
     * @param organization the provider's id of the company that the person signed in to, where there is one
     * @param signOutUrl where the browser ends the provider's own session
     */
    public record Vouched(String id, String email, Optional<String> organization, Optional<String> signOutUrl) {}

    /**
     * @param secret what the cookie holds
     * @param member whether the person may enter any workspace
     */
    public record Opened(String secret, boolean member) {}

    /** Opens a session for the email, in its first workspace where it has one. Answers the cookie's secret. */
    public String open(String email) {
        return open(email, Optional.empty());
    }

    /** Opens a session as {@link #open(String)} does, in the tenant if the person is a member there. */
    public String open(String email, Optional<UUID> tenant) {
        String secret = Secrets.random();
        Instant expires = clock.instant().plus(LIFE);
        List<Membership> all = memberships(email);
        Optional<Membership> first = all.stream()
                .filter(membership -> tenant.map(membership.tenantId()::equals).orElse(false))
                .findFirst()
                .or(() -> all.stream().findFirst());
        transactions.outside(() -> sql.list(
                "select open_person_session(?, ?, ?, ?, ?, ?, ?)",
                row -> expires,
                Ids.next(),
                secrets.hash(secret),
                email,
                first.map(Membership::tenantId),
                first.map(Membership::developerId),
                first.map(Membership::workspaceId),
                expires));
        first.ifPresentOrElse(
                here -> {
                    Seat seat = new Seat(new Place(here.tenantId(), here.workspaceId()), here.developerId());
                    transactions.run(seat.place(), () -> arrived(seat, email));
                },
                () -> audit.signInRefused(email, "not a member of any workspace"));
        return secret;
    }

    private record Seat(Place place, UUID developerId) {}

    /**
     * Opens a session for whom a provider vouches. It opens the workspaces of just that organization's tenant; who was
     * invited by email is known by the provider's id from then on.
     *
     * @param workspace where the person wants to be, if they may
     */
    public Opened open(Vouched person, Optional<UUID> workspace) {
        String secret = Secrets.random();
        Optional<Seat> seat = transactions.outside(() -> sql.first(
                "select * from open_provider_session(?, ?, ?, ?, ?, ?, ?, ?)",
                row -> new Seat(new Place(row.uuid("tenant_id"), row.uuid("workspace_id")), row.uuid("developer_id")),
                Ids.next(),
                secrets.hash(secret),
                person.email(),
                person.id(),
                person.organization(),
                person.signOutUrl(),
                workspace,
                clock.instant().plus(PROVIDER_LIFE)));
        seat.ifPresentOrElse(
                here -> transactions.run(here.place(), () -> arrived(here, person.email())),
                () -> audit.signInRefused(person.email(), "not a member of any workspace"));
        return new Opened(secret, seat.isPresent());
    }

    private void arrived(Seat seat, String email) {
        sql.update(
                "update invitations set accepted_at = now() where developer_id = ? and accepted_at is null and ended_at is null",
                seat.developerId());
        audit.record(seat.place().tenantId(), seat.developerId(), "sign-in.accepted", email, audit.address());
    }

    /** Every workspace that the person may enter from the session at hand: where a provider vouches, of one tenant only. */
    public List<Membership> memberships(Person person) {
        return memberships(person.email()).stream()
                .filter(membership -> person.vouched().isEmpty()
                        || person.caller()
                                .map(caller -> caller.place().tenantId().equals(membership.tenantId()))
                                .orElse(false))
                .toList();
    }

    /** Every workspace that the person is a member of, in any tenant; in the running transaction, where there is one. */
    public List<Membership> memberships(String email) {
        return sql.list(
                "select * from memberships_of(?)",
                row -> new Membership(
                        row.uuid("tenant_id"),
                        row.text("tenant_name"),
                        row.uuid("workspace_id"),
                        row.text("workspace_name"),
                        row.uuid("developer_id")),
                email);
    }

    /** Moves the session to another workspace of the person. False when the person is no member there. */
    public boolean enter(String secret, UUID workspaceId) {
        return transactions.outside(() -> sql.one(
                "select enter_workspace(?, ?) as entered",
                row -> row.bool("entered"),
                secrets.hash(secret),
                workspaceId));
    }

    /** The provider's organization that a workspace of this person belongs to; empty for workspaces of others. */
    public Optional<String> organizationOf(String secret, UUID workspaceId) {
        return transactions.outside(() -> sql.one(
                "select organization_of_workspace(?, ?) as organization",
                row -> row.optionalText("organization"),
                secrets.hash(secret),
                workspaceId));
    }

    /** Ends the session. Answers where the browser ends the provider's own, if there is one. */
    public Optional<String> close(String secret) {
        Optional<String> signOutUrl = find(secret).flatMap(Person::vouched).flatMap(Vouched::signOutUrl);
        transactions.runOutside(() -> sql.call("select close_person_session(?)", (Object) secrets.hash(secret)));
        return signOutUrl;
    }

    /** Who sits before the browser. In local mode the browser may ask for another tenant of the person's. */
    Optional<Person> find(String secret, Optional<UUID> wantedTenant) {
        Optional<Person> person = find(secret);
        Optional<UUID> elsewhere = person.flatMap(Person::caller)
                .filter(caller -> local
                        && wantedTenant.isPresent()
                        && !caller.place().tenantId().equals(wantedTenant.get()))
                .flatMap(caller -> memberships(person.get().email()).stream()
                        .filter(membership -> membership.tenantId().equals(wantedTenant.get()))
                        .map(Membership::workspaceId)
                        .findFirst());
        return elsewhere.isPresent() && enter(secret, elsewhere.get()) ? find(secret) : person;
    }

    /**
     * One door, asked on every request of a browser: without a transaction it is one round trip. A session of the other
     * mode is nobody's: changing the mode of a server lets nobody stay in.
     */
    private Optional<Person> find(String secret) {
        return sql.first("select * from find_person_session(?)", PersonSessions::person, (Object) secrets.hash(secret))
                .filter(person -> person.vouched().isEmpty() == local);
    }

    private static Person person(Row row) throws SQLException {
        Optional<Caller> caller = row.optionalUuid("workspace_id").isEmpty()
                ? Optional.empty()
                : Optional.of(new Caller(
                        new Place(row.uuid("tenant_id"), row.uuid("workspace_id")),
                        row.uuid("developer_id"),
                        row.text("handle"),
                        Role.of(row.text("role")),
                        Optional.empty(),
                        Optional.empty()));
        String email = row.text("email");
        Optional<String> organization = row.optionalText("organization_id");
        Optional<String> signOutUrl = row.optionalText("sign_out_url");
        return new Person(
                email,
                row.optionalText("name"),
                caller,
                row.optionalText("provider_user_id").map(id -> new Vouched(id, email, organization, signOutUrl)));
    }
}
