package dev.covibe.guard;

import static dev.covibe.guard.Belongings.MARKER;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.identity.Caller;
import dev.covibe.identity.Role;
import dev.covibe.identity.Tokens;
import dev.covibe.platform.sql.Ids;
import dev.covibe.tenancy.Place;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A workspace with one of everything in it. */
record Ground(Fixtures.Workspace admin, String task, Map<String, String> items) {

    static Ground of(Fixtures.Workspace first, Fixtures fixtures, Tokens tokens) {
        String task = made(first, "/api/tasks", "{\"title\":\"" + MARKER + "\"}");
        made(
                first,
                "/api/workstreams",
                "{\"name\":\"" + MARKER + "\",\"confirm_reason\":\"Both\",\"confirm\":[\"" + task + "\"]}");
        Map<String, String> items = new HashMap<>(Belongings.items(first, unused(first, fixtures, tokens)));
        // Nobody who asks here: whoever puts out themself is out.
        String zoe = fixtures.member(first, "zoe").developerId().toString();
        items.put("/members/", zoe);
        items.put("/settings/people/", zoe);
        given().header("Authorization", first.bearer())
                .post("/api/audits")
                .then()
                .statusCode(201);
        return new Ground(first, task, items);
    }

    /** A token that is not the one anybody here comes with. */
    private static String unused(Fixtures.Workspace first, Fixtures fixtures, Tokens tokens) {
        List<UUID> used = ids(first, tokens);
        fixtures.token(first.admin());
        return ids(first, tokens).stream()
                .filter(id -> !used.contains(id))
                .findFirst()
                .orElseThrow()
                .toString();
    }

    private static List<UUID> ids(Fixtures.Workspace first, Tokens tokens) {
        return tokens.list(first.admin()).stream().map(token -> token.id()).toList();
    }

    private static String made(Fixtures.Workspace by, String path, String body) {
        return given().header("Authorization", by.bearer())
                .contentType("application/json")
                .body(body)
                .post(path)
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    String item(String operation, boolean own) {
        // The others' own project is called WEB too, so that they are asked about one that only this place could have.
        return own && operation.contains("/projects/") ? "WEB" : Belongings.item(operation, task, items);
    }

    /** Somebody of the same company, in a workspace of their own. */
    Fixtures.Workspace colleague(Role role, Fixtures fixtures) {
        Place place = new Place(admin.admin().place().tenantId(), Ids.next());
        UUID id = Ids.next();
        TestDatabase.execute(TestDatabase.superuser(), """
                insert into covibe.workspaces (id, tenant_id, name, slug) values ('%1$s', '%2$s', 'Other', 'other');
                insert into covibe.developers (id, tenant_id, email, name, handle, role)
                values ('%3$s', '%2$s', 'other-%4$s', 'Other', 'other', '%5$s');
                insert into covibe.workspace_members (tenant_id, workspace_id, developer_id)
                values ('%2$s', '%1$s', '%3$s');
                """.formatted(
                        place.workspaceId(),
                        place.tenantId(),
                        id,
                        admin.email(),
                        role.name().toLowerCase()));
        Caller caller = new Caller(place, id, "other", role, Optional.empty(), Optional.empty());
        return new Fixtures.Workspace(caller, "other-" + admin.email(), fixtures.token(caller));
    }

    void assertUntouched() {
        String found = given().header("Authorization", admin.bearer())
                .get("/api/tasks/" + task)
                .asString();
        assertThat(found).contains(MARKER).contains("\"status\":\"planned\"");
    }
}
