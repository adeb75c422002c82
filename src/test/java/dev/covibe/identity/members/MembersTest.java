package dev.covibe.identity.members;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import dev.covibe.identity.Caller;
import dev.covibe.identity.Role;
import dev.covibe.journal.Follower;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.McpClient;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class MembersTest {

    @Inject
    Fixtures fixtures;

    @Inject
    Members members;

    @TestHTTPResource("/api/events/stream")
    URI stream;

    @TestHTTPResource("/api/mcp")
    URI mcp;

    private Fixtures.Workspace team;
    private Fixtures.Browser admin;
    private Caller kim;
    private String kimsEmail;

    @BeforeEach
    void open() {
        team = fixtures.workspace();
        admin = fixtures.browser(team);
        kim = fixtures.member(team, "kim");
        kimsEmail = "kim-" + team.email();
    }

    private static RequestSpecification at(Fixtures.Browser browser) {
        return given().cookie("covibe_session", browser.cookie())
                .header("X-CSRF-Token", browser.csrf())
                .contentType("application/json");
    }

    @Test
    void an_invited_person_can_sign_in_and_work_where_they_were_invited_to() {
        String email = "noa." + team.email();
        String workspace = at(admin)
                .body(Map.of("name", "Balloons"))
                .post("/api/workspaces")
                .then()
                .statusCode(201)
                .body("slug", equalTo("balloons"))
                .body("mine", equalTo(true))
                .extract()
                .path("id");
        at(admin)
                .body(Map.of("email", " " + email.toUpperCase(), "name", "Noa", "workspaces", List.of(workspace)))
                .post("/api/members")
                .then()
                .statusCode(201)
                .body("email", equalTo(email))
                .body("role", equalTo("member"))
                .body("workspaces.name", contains("Balloons"))
                .body("invitation", equalTo(null));
        Fixtures.Browser noa = fixtures.browser(email);
        at(noa).get("/api/workspaces").then().body("name", contains("Balloons"));
        at(noa).get("/api/members").then().body("items.email", hasItems(team.email(), email));
        at(admin).get("/api/audit?action=member.added").then().body("items.subject", contains(email));
        at(admin)
                .body(Map.of("email", email))
                .post("/api/members")
                .then()
                .statusCode(409)
                .body("code", equalTo("member.known"));
        at(admin)
                .body(Map.of("email", "nobody"))
                .post("/api/members")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/email"));
        at(admin)
                .body(Map.of("email", "x" + email, "workspaces", List.of(UUID.randomUUID())))
                .post("/api/members")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/workspaces"));
    }

    @Test
    void a_removed_person_is_out_at_once_and_their_history_stays() throws IOException {
        String token = fixtures.token(kim);
        Fixtures.Browser browser = fixtures.browser(kimsEmail);
        McpClient agent = McpClient.at(mcp.toString(), token);
        agent.done(
                "start_session", Map.of("repository", "github.com/acme/web", "branch", "main", "agent_name", "codex"));
        given().header("Authorization", "Bearer " + token)
                .contentType("application/json")
                .body("{\"title\":\"Paint the hangar\"}")
                .post("/api/tasks")
                .then()
                .statusCode(201);
        try (Follower byToken = Follower.of(stream, "Bearer " + token, Optional.empty())) {
            long before = System.nanoTime();
            at(admin).delete("/api/members/" + kim.developerId()).then().statusCode(204);
            given().header("Authorization", "Bearer " + token)
                    .get("/api/tasks")
                    .then()
                    .statusCode(401);
            at(browser).get("/api/tasks").then().statusCode(401);
            assertThat(byToken.next("closing").data()).isEqualTo("access");
            assertThat(System.nanoTime() - before).isLessThan(1_000_000_000L);
        }
        assertThat(TestDatabase.text(
                        "select ended_by || ' ' || outcome from covibe.agent_sessions where developer_id = '"
                                + kim.developerId() + "'"))
                .isEqualTo("sweeper abandoned");
        at(admin).get("/api/members").then().body("items.handle", not(hasItem("kim")));
        at(admin).get("/api/tasks/WEB-1/events").then().body("handle", hasItem("kim"));
        at(admin).get("/api/audit?action=member.removed").then().body("items.subject", contains(kimsEmail));
    }

    @Test
    void whoever_comes_back_is_the_same_person_without_the_old_tokens() {
        String token = fixtures.token(kim);
        members.remove(team.admin(), kim.developerId());
        at(admin)
                .body(Map.of("email", kimsEmail, "role", "admin"))
                .post("/api/members")
                .then()
                .statusCode(201)
                .body("id", equalTo(kim.developerId().toString()))
                .body("handle", equalTo("kim"))
                .body("role", equalTo("admin"));
        given().header("Authorization", "Bearer " + token)
                .get("/api/tasks")
                .then()
                .statusCode(401);
        at(fixtures.browser(kimsEmail)).get("/api/tasks").then().statusCode(200);
    }

    @Test
    void the_last_admin_stays_one() {
        at(admin)
                .body(Map.of("role", "member"))
                .put("/api/members/" + team.admin().developerId() + "/role")
                .then()
                .statusCode(409)
                .body("code", equalTo("member.last-admin"));
        at(admin)
                .delete("/api/members/" + team.admin().developerId())
                .then()
                .statusCode(409)
                .body("code", equalTo("member.last-admin"));
        at(admin)
                .body(Map.of("role", "admin"))
                .put("/api/members/" + kim.developerId() + "/role")
                .then()
                .statusCode(200)
                .body("role", equalTo("admin"));
        at(admin)
                .body(Map.of("role", "member"))
                .put("/api/members/" + team.admin().developerId() + "/role")
                .then()
                .statusCode(200);
    }

    @Test
    void two_admins_who_show_each_other_out_at_once_leave_one() throws Exception {
        for (int round = 0; round < 5; round++) {
            Fixtures.Workspace both = fixtures.workspace();
            Caller other = fixtures.member(both, "other");
            members.changeRole(both.admin(), other.developerId(), Role.ADMIN);
            Caller second = new Caller(
                    other.place(), other.developerId(), "other", Role.ADMIN, Optional.empty(), Optional.empty());
            CyclicBarrier start = new CyclicBarrier(2);
            try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
                Future<Boolean> one = pool.submit(racing(start, both.admin(), second));
                Future<Boolean> two = pool.submit(racing(start, second, both.admin()));
                assertThat(one.get() ^ two.get()).as("one of the two succeeds").isTrue();
            }
            assertThat(TestDatabase.text(
                            "select count(*) from covibe.developers where role = 'admin' and removed_at is null"
                                    + " and tenant_id = '"
                                    + both.admin().place().tenantId() + "'"))
                    .isEqualTo("1");
        }
    }

    private Callable<Boolean> racing(CyclicBarrier start, Caller actor, Caller target) {
        return () -> {
            start.await();
            try {
                members.remove(actor, target.developerId());
                return true;
            } catch (Refusal refused) {
                return false;
            }
        };
    }

    @Test
    void members_and_agents_change_nothing() {
        Fixtures.Browser browser = fixtures.browser(kimsEmail);
        for (String[] call : List.of(
                new String[] {"POST", "/api/members", "{\"email\":\"x@example.com\"}"},
                new String[] {"PUT", "/api/members/" + kim.developerId() + "/role", "{\"role\":\"admin\"}"},
                new String[] {"DELETE", "/api/members/" + team.admin().developerId(), ""},
                new String[] {"PATCH", "/api/tenant", "{\"name\":\"Mine\"}"},
                new String[] {"POST", "/api/workspaces", "{\"name\":\"Mine\"}"},
                new String[] {"PATCH", "/api/workspaces/" + team.admin().workspaceId(), "{\"name\":\"Mine\"}"})) {
            at(browser)
                    .body(call[2])
                    .request(call[0], call[1])
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("identity.admin-only"));
            given().header("Authorization", team.bearer())
                    .contentType("application/json")
                    .body(call[2])
                    .request(call[0], call[1])
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("identity.people-only"));
        }
        at(browser).get("/api/members").then().statusCode(200).body("items.size()", equalTo(2));
    }

    @Test
    void a_person_changes_their_own_name_and_handle_and_never_the_email() {
        Fixtures.Browser browser = fixtures.browser(kimsEmail);
        at(browser)
                .body(Map.of("name", "Kim Noor", "handle", "@Kim-N"))
                .patch("/api/profile")
                .then()
                .statusCode(200)
                .body("name", equalTo("Kim Noor"))
                .body("handle", equalTo("kim-n"))
                .body("email", equalTo(kimsEmail));
        at(browser)
                .body(Map.of("handle", team.admin().handle()))
                .patch("/api/profile")
                .then()
                .statusCode(409)
                .body("code", equalTo("member.handle-taken"));
        at(browser)
                .body(Map.of("handle", "no spaces"))
                .patch("/api/profile")
                .then()
                .statusCode(400)
                .body("errors[0].pointer", equalTo("/handle"));
        at(browser)
                .body(Map.of("email", "other@example.com"))
                .patch("/api/profile")
                .then()
                .statusCode(400)
                .body("code", equalTo("request.unknown-field"));
    }

    @Test
    void a_workspace_is_renamed_closed_and_opened_again() {
        String id = at(admin)
                .body(Map.of("name", "Balloons"))
                .post("/api/workspaces")
                .path("id");
        at(admin)
                .body(Map.of("name", "core"))
                .post("/api/workspaces")
                .then()
                .statusCode(409)
                .body("code", equalTo("workspace.name-taken"));
        at(admin)
                .body(Map.of("name", "Airships"))
                .patch("/api/workspaces/" + id)
                .then()
                .statusCode(200)
                .body("slug", equalTo("airships"));
        String core = team.admin().workspaceId().toString();
        String token = fixtures.token(kim);
        at(admin).put("/api/workspaces/" + core + "/archival").then().statusCode(200);
        given().header("Authorization", "Bearer " + token)
                .get("/api/tasks")
                .then()
                .statusCode(401);
        // The admin's browser stood in the closed one and goes on in the other.
        at(admin)
                .get("/api/workspaces")
                .then()
                .statusCode(200)
                .body("name", contains("Airships", "Core"))
                .body("[1].archived_at", not(equalTo(null)));
        at(admin)
                .put("/api/workspaces/" + id + "/archival")
                .then()
                .statusCode(409)
                .body("code", equalTo("workspace.last"));
        at(admin).delete("/api/workspaces/" + core + "/archival").then().statusCode(200);
        given().header("Authorization", "Bearer " + token)
                .get("/api/tasks")
                .then()
                .statusCode(200);
    }

    @Test
    void whoever_leaves_a_workspace_keeps_the_others_and_cannot_see_it_any_more() {
        String id = at(admin)
                .body(Map.of("name", "Balloons"))
                .post("/api/workspaces")
                .path("id");
        Fixtures.Browser browser = fixtures.browser(kimsEmail);
        at(browser).get("/api/workspaces").then().body("name", contains("Core"));
        at(browser)
                .body(Map.of("name", "Mine"))
                .patch("/api/workspaces/" + id)
                .then()
                .statusCode(404);
        at(admin)
                .put("/api/workspaces/" + id + "/members/" + kim.developerId())
                .then()
                .statusCode(204);
        at(browser).get("/api/workspaces").then().body("name", containsInAnyOrder("Balloons", "Core"));
        String token = fixtures.token(kim);
        at(admin)
                .delete("/api/workspaces/" + team.admin().workspaceId() + "/members/" + kim.developerId())
                .then()
                .statusCode(204);
        given().header("Authorization", "Bearer " + token)
                .get("/api/tasks")
                .then()
                .statusCode(401);
        at(browser).get("/api/workspaces").then().statusCode(200).body("name", contains("Balloons"));
    }

    @Test
    void the_company_is_renamed() {
        at(admin)
                .body(Map.of("name", " Acme Aeronautics "))
                .patch("/api/tenant")
                .then()
                .statusCode(200)
                .body("name", equalTo("Acme Aeronautics"));
        at(admin).body(Map.of("name", " ")).patch("/api/tenant").then().statusCode(400);
        at(admin)
                .get("/api/audit?action=tenant.renamed")
                .then()
                .body("items[0].subject", equalTo("Tenant " + team.admin().handle() + " is now Acme Aeronautics"));
    }
}
