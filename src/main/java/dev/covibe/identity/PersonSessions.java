package dev.covibe.identity;

import dev.covibe.platform.crypto.Secrets;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
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

    private final Transactions transactions;
    private final Sql sql;
    private final Secrets secrets;
    private final Audit audit;
    private final Clock clock;

    PersonSessions(Transactions transactions, Sql sql, Secrets secrets, Audit audit, Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.secrets = secrets;
        this.audit = audit;
        this.clock = clock;
    }

    /** A workspace that a person may enter. */
    public record Membership(UUID tenantId, String tenant, UUID workspaceId, String workspace, UUID developerId) {}

    /**
     * A signed-in person.
     *
     * @param caller empty until the person is a member of a workspace: then only onboarding is open
     */
    public record Person(String email, Optional<String> name, Optional<Caller> caller) {}

    /** Opens a session for the email, in its first workspace where it has one. Answers the cookie's secret. */
    public String open(String email) {
        String secret = Secrets.random();
        Instant expires = clock.instant().plus(LIFE);
        Optional<Membership> first = memberships(email).stream().findFirst();
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
                here -> transactions.run(new Place(here.tenantId(), here.workspaceId()), () -> {
                    sql.update(
                            "update invitations set accepted_at = now() where developer_id = ? and accepted_at is null",
                            here.developerId());
                    audit.record(here.tenantId(), here.developerId(), "sign-in.accepted", email, audit.address());
                }),
                () -> audit.signInRefused(email, "not a member of any workspace"));
        return secret;
    }

    /** Every workspace that the person may enter, in any tenant; in the running transaction, where there is one. */
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

    public void close(String secret) {
        transactions.outside(
                () -> sql.list("select close_person_session(?)", row -> secret, (Object) secrets.hash(secret)));
    }

    /** One door, asked on every request of a browser: without a transaction it is one round trip. */
    Optional<Person> find(String secret) {
        return sql.first(
                "select * from find_person_session(?)",
                row -> new Person(
                        row.text("email"),
                        row.optionalText("name"),
                        row.optionalUuid("workspace_id").isEmpty()
                                ? Optional.empty()
                                : Optional.of(new Caller(
                                        new Place(row.uuid("tenant_id"), row.uuid("workspace_id")),
                                        row.uuid("developer_id"),
                                        row.text("handle"),
                                        Role.of(row.text("role")),
                                        Optional.empty(),
                                        Optional.empty()))),
                (Object) secrets.hash(secret));
    }
}
