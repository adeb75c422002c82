package dev.covibe.identity.news;

import dev.covibe.identity.Audit;
import dev.covibe.identity.Name;
import dev.covibe.identity.Role;
import dev.covibe.identity.members.Closing;
import dev.covibe.identity.members.Members;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Applies what changed at WorkOS (IDN-12). Each event is applied as a whole state and only when it is newer than what was
 * heard of the same thing, so twice and out of order do no harm.
 */
@ApplicationScoped
class WorkosNews {

    private final Transactions transactions;
    private final Sql sql;
    private final Members members;
    private final Closing closing;
    private final Audit audit;

    WorkosNews(Transactions transactions, Sql sql, Members members, Closing closing, Audit audit) {
        this.transactions = transactions;
        this.sql = sql;
        this.members = members;
        this.closing = closing;
        this.audit = audit;
    }

    private record Person(UUID tenantId, UUID id, String email, boolean removed) {

        /** Rows of a tenant need no workspace. */
        Place place() {
            return new Place(tenantId, Ids.next());
        }
    }

    void apply(JsonObject event) {
        String name = event.getString("event", "");
        JsonObject data = event.getJsonObject("data", new JsonObject());
        Optional<String> entity = entity(name, data);
        Optional<Instant> at = time(event.getString("created_at", ""));
        String id = event.getString("id", "");
        if (entity.isEmpty() || at.isEmpty() || id.isEmpty() || !isNew(entity.get(), id, at.get())) {
            return;
        }
        // Applied before it is recorded: whoever dies in between hears it again, and applies the same once more.
        change(name, data);
        transactions.runOutside(() -> sql.call("select record_workos_news(?, ?, ?)", entity.get(), id, at.get()));
    }

    /** What the event is about. A membership is a person in an organization, because a new one gets a new id. */
    private static Optional<String> entity(String name, JsonObject data) {
        return switch (name) {
            case "user.updated", "user.deleted" -> wanted(data, "id").map(id -> "user " + id);
            case "organization.updated", "organization.deleted" ->
                wanted(data, "id").map(id -> "organization " + id);
            case "organization_membership.created",
                    "organization_membership.updated",
                    "organization_membership.deleted" ->
                wanted(data, "user_id").flatMap(user -> wanted(data, "organization_id")
                        .map(organization -> "membership " + user + " " + organization));
            case "invitation.accepted", "invitation.revoked" ->
                wanted(data, "id").map(id -> "invitation " + id);
            default -> Optional.empty();
        };
    }

    private static Optional<String> wanted(JsonObject data, String field) {
        return Optional.ofNullable(data.getString(field)).filter(text -> !text.isBlank());
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }

    private boolean isNew(String entity, String event, Instant at) {
        return transactions.outside(() ->
                sql.one("select workos_news_is_new(?, ?, ?) as fresh", row -> row.bool("fresh"), entity, event, at));
    }

    private void change(String name, JsonObject data) {
        switch (name) {
            case "user.updated" -> people(data.getString("id")).forEach(person -> rename(person, data));
            case "user.deleted" -> people(data.getString("id")).forEach(this::showOut);
            case "organization.updated" -> renameCompany(data);
            case "organization.deleted" -> tenant(data.getString("id")).ifPresent(closing::close);
            case "organization_membership.created", "organization_membership.updated" -> membership(data);
            case "organization_membership.deleted" -> member(data).ifPresent(this::showOut);
            case "invitation.accepted" -> accepted(data);
            case "invitation.revoked" -> revoked(data);
            default -> throw new IllegalStateException("An event without an application: " + name);
        }
    }

    private void showOut(Person person) {
        if (!person.removed()) {
            members.removedElsewhere(person.place(), person.id());
        }
    }

    /** The email of WorkOS may change; ours never does. */
    private void rename(Person person, JsonObject user) {
        String name = Stream.of("first_name", "last_name")
                .map(field ->
                        Optional.ofNullable(user.getString(field)).orElse("").strip())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" "));
        if (!name.isEmpty() && name.length() <= 120) {
            transactions.run(
                    person.place(), () -> sql.update("update developers set name = ? where id = ?", name, person.id()));
        }
    }

    private void renameCompany(JsonObject organization) {
        Optional<String> named =
                Optional.ofNullable(organization.getString("name")).flatMap(Name::read);
        if (named.isEmpty()) {
            return;
        }
        String name = named.get();
        tenant(organization.getString("id"))
                .ifPresent(tenant -> transactions.run(new Place(tenant, Ids.next()), () -> {
                    int renamed =
                            sql.update("update tenants set name = ? where id = ? and name <> ?", name, tenant, name);
                    if (renamed > 0) {
                        audit.recordFromOutside(tenant, "tenant.renamed", "now " + name + ", by WorkOS");
                    }
                }));
    }

    private void membership(JsonObject data) {
        Optional<Person> person = member(data).filter(known -> !known.removed());
        if (person.isEmpty()) {
            return;
        }
        if (data.getString("status", "active").equals("inactive")) {
            showOut(person.get());
            return;
        }
        Optional<String> slug = Optional.ofNullable(data.getJsonObject("role")).map(role -> role.getString("slug", ""));
        slug.ifPresent(text -> members.roleChangedElsewhere(
                person.get().place(),
                person.get().id(),
                person.get().email(),
                text.equals(Role.ADMIN.key()) ? Role.ADMIN : Role.MEMBER));
    }

    private record Invited(UUID tenantId, UUID developerId) {}

    private void accepted(JsonObject data) {
        invited(data)
                .ifPresent(invited -> transactions.run(
                        new Place(invited.tenantId(), Ids.next()),
                        () -> sql.update(
                                "update invitations set accepted_at = now() where developer_id = ? and accepted_at is null",
                                invited.developerId())));
    }

    /** Whoever was invited and never came is out again. */
    private void revoked(JsonObject data) {
        invited(data)
                .ifPresent(invited ->
                        members.removedElsewhere(new Place(invited.tenantId(), Ids.next()), invited.developerId()));
    }

    private Optional<Invited> invited(JsonObject data) {
        return Optional.ofNullable(data.getString("organization_id"))
                .flatMap(this::tenant)
                .flatMap(tenant -> transactions.in(
                        new Place(tenant, Ids.next()),
                        () -> sql.first(
                                """
                                select developer_id from invitations
                                 where workos_invitation_id = ? and accepted_at is null and ended_at is null
                                """, row -> new Invited(tenant, row.uuid("developer_id")), data.getString("id"))));
    }

    private Optional<Person> member(JsonObject data) {
        Optional<UUID> tenant = tenant(data.getString("organization_id"));
        return tenant.flatMap(id -> people(data.getString("user_id")).stream()
                .filter(person -> person.tenantId().equals(id))
                .findFirst());
    }

    private List<Person> people(String workosUser) {
        return transactions.outside(() -> sql.list(
                "select * from developers_of_workos_user(?)",
                row -> new Person(
                        row.uuid("tenant_id"), row.uuid("developer_id"), row.text("email"), row.bool("removed")),
                workosUser));
    }

    private Optional<UUID> tenant(String organization) {
        return transactions.outside(() -> sql.first(
                "select tenant_id from tenant_of_organization(?)", row -> row.uuid("tenant_id"), organization));
    }
}
