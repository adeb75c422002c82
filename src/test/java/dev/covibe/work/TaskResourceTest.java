package dev.covibe.work;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.covibe.identity.Onboarding;
import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class TaskResourceTest {

    @Inject
    Fixtures fixtures;

    @Inject
    Onboarding onboarding;

    private static RequestSpecification as(Fixtures.Workspace workspace) {
        return given().header("Authorization", workspace.bearer()).contentType(ContentType.JSON);
    }

    private static String plan(Fixtures.Workspace workspace, String title) {
        return as(workspace)
                .body("{\"title\":\"" + title + "\"}")
                .post("/api/tasks")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
    }

    @Test
    void a_planned_task_has_a_key_and_reads_back_whole() {
        var workspace = fixtures.workspace();
        as(workspace)
                .body("""
                        {"title": "Retry webhooks on 5xx", "description": "Use **back-off**.", "priority": "high",
                         "labels": ["webhooks"], "paths": ["src/webhooks/**"], "repository": "git@github.com:Acme/Web.git",
                         "references": ["#12"], "owner": "me", "estimate_minutes": 90}""")
                .post("/api/tasks")
                .then()
                .statusCode(201)
                .header("Location", containsString("/api/tasks/WEB-1"))
                .body("key", equalTo("WEB-1"))
                .body("status", equalTo("planned"))
                .body("repository", equalTo("github.com/acme/web"));
        as(workspace)
                .get("/api/tasks/web-1")
                .then()
                .statusCode(200)
                .body("owner", equalTo(workspace.admin().handle()))
                .body("paths", contains("src/webhooks/**"))
                .body("ready", equalTo(false))
                .body("planned_at", notNullValue());
        as(workspace)
                .get("/api/tasks/WEB-1/events")
                .then()
                .body("kind", contains("planned"))
                .body("[0].payload.title", equalTo("Retry webhooks on 5xx"));
    }

    @Test
    void a_person_of_another_tenant_cannot_learn_that_a_task_exists() {
        var workspace = fixtures.workspace();
        var stranger = fixtures.workspace();
        plan(workspace, "Secret work");
        as(stranger).get("/api/tasks/WEB-1").then().statusCode(404).body("code", equalTo("task.unknown"));
        String id = as(workspace).get("/api/tasks/WEB-1").path("id");
        as(stranger).get("/api/tasks/" + id).then().statusCode(404).body("code", equalTo("task.unknown"));
        as(stranger)
                .body("{\"outcome\":\"done\"}")
                .put("/api/tasks/" + id + "/completion")
                .then()
                .statusCode(404);
    }

    @Test
    void the_same_idempotency_key_replays_the_first_answer_and_refuses_other_content() {
        var workspace = fixtures.workspace();
        String first = as(workspace)
                .header("Idempotency-Key", "k1")
                .body("{\"title\":\"Once only\"}")
                .post("/api/tasks")
                .asString();
        as(workspace)
                .header("Idempotency-Key", "k1")
                .body("{\"title\":\"Once only\"}")
                .post("/api/tasks")
                .then()
                .statusCode(201)
                .body(
                        "id",
                        equalTo(io.restassured.path.json.JsonPath.from(first).getString("id")));
        as(workspace)
                .header("Idempotency-Key", "k1")
                .body("{\"title\":\"Something else\"}")
                .post("/api/tasks")
                .then()
                .statusCode(409)
                .body("code", equalTo("idempotency.key-reused"));
        as(workspace).get("/api/tasks").then().body("total", equalTo(1));
    }

    @Test
    void a_null_among_labels_is_the_callers_mistake() {
        var workspace = fixtures.workspace();
        String planned = as(workspace)
                .body("{\"title\":\"Whose labels are odd\"}")
                .post("/api/tasks")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
        as(workspace)
                .body("{\"labels\":[\"ui\",null]}")
                .patch("/api/tasks/" + planned)
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/labels/1"));
    }

    @Test
    void every_kind_of_bad_input_gets_its_own_answer() {
        var workspace = fixtures.workspace();
        as(workspace)
                .body("{\"title\":")
                .post("/api/tasks")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("request.malformed"))
                .body("traceId", notNullValue());
        as(workspace)
                .body("{\"title\":\"x\",\"labels\":\"not a list\"}")
                .post("/api/tasks")
                .then()
                .statusCode(400)
                .body("code", equalTo("request.wrong-type"))
                .body("errors[0].pointer", equalTo("/labels"));
        as(workspace)
                .body("{\"title\":\"x\",\"colour\":\"red\"}")
                .post("/api/tasks")
                .then()
                .statusCode(400)
                .body("code", equalTo("request.unknown-field"));
        as(workspace).body("{}").post("/api/tasks").then().statusCode(400).body("errors.pointer", hasItem("/title"));
        as(workspace)
                .body("{\"title\":\"" + "x".repeat(201) + "\"}")
                .post("/api/tasks")
                .then()
                .statusCode(400)
                .body("errors.pointer", hasItem("/title"));
        as(workspace)
                .body("{\"title\":\"x\",\"priority\":\"whenever\"}")
                .post("/api/tasks")
                .then()
                .statusCode(400)
                .body("code", equalTo("task.priority-unknown"));
        as(workspace)
                .body("{\"title\":\"" + "x".repeat(2 * 1024 * 1024) + "\"}")
                .post("/api/tasks")
                .then()
                .statusCode(413)
                .body("code", equalTo("request.too-large"));
        as(workspace).get("/api/tasks?cursor=dead").then().statusCode(400).body("code", equalTo("cursor.invalid"));
        as(workspace).get("/api/tasks?limit=1000").then().statusCode(400).body("errors[0].pointer", equalTo("limit"));
        as(workspace).get("/api/tasks?limit=many").then().statusCode(400);
        as(workspace).get("/api/nowhere").then().statusCode(404).body("code", equalTo("request.no-such-page"));
        as(workspace).delete("/api/tasks").then().statusCode(405).body("code", equalTo("request.method"));
        as(workspace)
                .contentType(ContentType.XML)
                .body("<a/>")
                .post("/api/tasks")
                .then()
                .statusCode(415);
        as(workspace).get("/api/tasks").then().body("total", equalTo(0));
    }

    @Test
    void the_first_plan_of_a_new_workspace_opens_its_first_project() {
        var opened = onboarding.open("first@example.com", "Fresh", "Core Team", "First", "first", "127.0.0.1");
        given().header("Authorization", "Bearer " + fixtures.token(opened))
                .contentType(ContentType.JSON)
                .body("{\"title\":\"Begin\"}")
                .post("/api/tasks")
                .then()
                .statusCode(201)
                .body("key", equalTo("CORETEAM-1"));
    }

    @Test
    void a_dependency_cycle_is_refused_and_leaves_nothing_behind() {
        var workspace = fixtures.workspace();
        plan(workspace, "Lay the cable");
        as(workspace)
                .body("{\"title\":\"Paint the fence\",\"depends_on\":[\"WEB-1\"]}")
                .post("/api/tasks")
                .then()
                .statusCode(201);
        as(workspace)
                .body("{\"depends_on\":[\"WEB-2\"]}")
                .patch("/api/tasks/WEB-1")
                .then()
                .statusCode(409)
                .body("code", equalTo("task.dependency-cycle"));
        as(workspace).get("/api/tasks/WEB-1").then().body("depends_on.size()", equalTo(0));
        as(workspace)
                .put("/api/tasks/WEB-2/ownership")
                .then()
                .statusCode(409)
                .body("code", equalTo("task.blocked"))
                .body("details.waits_for", contains("WEB-1"));
    }

    @Test
    void a_status_that_does_not_exist_or_cannot_follow_is_refused() {
        var workspace = fixtures.workspace();
        plan(workspace, "Move me");
        as(workspace)
                .body("{\"status\":\"flying\"}")
                .put("/api/tasks/WEB-1/status")
                .then()
                .statusCode(400)
                .body("code", equalTo("task.status-unknown"));
        as(workspace)
                .body("{\"outcome\":\"done\",\"summary\":\"Moved.\"}")
                .put("/api/tasks/WEB-1/completion")
                .then()
                .statusCode(200)
                .body("status", equalTo("done"));
        as(workspace)
                .body("{\"status\":\"in_review\"}")
                .put("/api/tasks/WEB-1/status")
                .then()
                .statusCode(409)
                .body("code", equalTo("task.status-change"));
        as(workspace)
                .body("{\"outcome\":\"done\"}")
                .put("/api/tasks/WEB-1/completion")
                .then()
                .statusCode(409)
                .body("code", equalTo("task.ended"));
    }

    @Test
    void a_list_goes_on_where_its_cursor_says_and_misses_nothing() {
        var workspace = fixtures.workspace();
        for (String title :
                new String[] {"Alpha engine", "Bravo harbour", "Charlie lantern", "Delta mirror", "Echo violin"}) {
            plan(workspace, title);
        }
        String cursor = as(workspace)
                .get("/api/tasks?limit=2")
                .then()
                .body("total", equalTo(5))
                .body("items.key", contains("WEB-5", "WEB-4"))
                .extract()
                .path("cursor");
        as(workspace)
                .get("/api/tasks?limit=3&cursor=" + cursor)
                .then()
                .body("items.key", contains("WEB-3", "WEB-2", "WEB-1"));
        as(workspace).get("/api/tasks?text=lant").then().body("items.title", contains("Charlie lantern"));
        as(workspace).get("/api/tasks?text=web-2").then().body("items.title", contains("Bravo harbour"));
    }

    @Test
    void an_edit_is_told_with_before_and_after() {
        var workspace = fixtures.workspace();
        plan(workspace, "Old name");
        as(workspace)
                .body("{\"title\":\"New name\",\"priority\":\"urgent\",\"paths\":[\"docs/*\"]}")
                .patch("/api/tasks/WEB-1")
                .then()
                .statusCode(200);
        as(workspace)
                .get("/api/tasks/WEB-1/events")
                .then()
                .body("kind", contains("changed", "planned"))
                .body("[0].payload.changes.find { it.field == 'title' }.before", equalTo("Old name"))
                .body("[0].payload.changes.find { it.field == 'title' }.after", equalTo("New name"));
        as(workspace).get("/api/tasks?path=docs/a.md").then().body("items.key", contains("WEB-1"));
    }

    @Test
    void a_cookie_writes_only_with_the_pages_token() {
        var workspace = fixtures.workspace();
        var browser = fixtures.browser(workspace);
        given().cookie("covibe_session", browser.cookie())
                .contentType(ContentType.JSON)
                .body("{\"title\":\"Forged\"}")
                .post("/api/tasks")
                .then()
                .statusCode(403)
                .body("code", equalTo("request.forged"));
        given().cookie("covibe_session", browser.cookie())
                .header("X-CSRF-Token", browser.csrf())
                .contentType(ContentType.JSON)
                .body("{\"title\":\"Meant\"}")
                .post("/api/tasks")
                .then()
                .statusCode(201);
    }

    @Test
    void nobody_gets_in_without_a_valid_token() {
        given().get("/api/tasks")
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", startsWith("Bearer"))
                .body("code", equalTo("identity.unauthenticated"));
        given().header("Authorization", "Bearer cvb_nonsense")
                .get("/api/tasks")
                .then()
                .statusCode(401);
    }
}
