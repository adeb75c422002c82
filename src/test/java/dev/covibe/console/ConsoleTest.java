package dev.covibe.console;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ConsoleTest {

    @Inject
    Fixtures fixtures;

    private Fixtures.Workspace team;
    private Fixtures.Browser browser;

    @BeforeEach
    void open() {
        team = fixtures.workspace();
        browser = fixtures.browser(team);
    }

    private static RequestSpecification as(Fixtures.Browser browser) {
        return given().redirects().follow(false).accept("text/html").cookie("covibe_session", browser.cookie());
    }

    private RequestSpecification form() {
        return as(browser).formParam("csrf", browser.csrf());
    }

    private String planned(String title) {
        String address = form().formParam("title", title)
                .formParam("project", "WEB")
                .post("/workstreams/plan")
                .then()
                .statusCode(303)
                .extract()
                .header("Location");
        return address.substring(address.lastIndexOf('/') + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/workstreams",
                "/workstreams?view=board",
                "/workstreams/plan",
                "/workstreams/plan-workstream",
                "/settings"
            })
    void a_member_sees_each_page_and_whoever_is_not_signed_in_is_led_to_signing_in(String page) {
        as(browser).get(page).then().statusCode(200).body(containsString("</html>"));
        given().redirects()
                .follow(false)
                .accept("text/html")
                .get(page)
                .then()
                .statusCode(303)
                .header("Location", containsString("/auth/sign-in?to="));
    }

    @Test
    void an_outsider_cannot_learn_that_a_task_or_workstream_exists() {
        String task = planned("Mend the fence");
        form().formParam("title", "Garden")
                .post("/workstreams/plan-workstream")
                .then()
                .statusCode(303);
        Fixtures.Browser outsider = fixtures.browser(fixtures.workspace());
        for (String page :
                new String[] {"/workstreams/tasks/" + task, "/workstreams/tasks/" + task + "/edit", "/workstreams/WS-1"
                }) {
            as(browser).get(page).then().statusCode(200);
            as(outsider).get(page).then().statusCode(404).body(containsString("Nothing is here"));
        }
        as(outsider)
                .formParam("csrf", outsider.csrf())
                .formParam("status", "done")
                .post("/workstreams/tasks/" + task + "/status")
                .then()
                .statusCode(404);
    }

    @Test
    void a_form_without_its_session_s_token_changes_nothing() {
        String task = planned("Mend the fence");
        as(browser)
                .formParam("status", "done")
                .post("/workstreams/tasks/" + task + "/status")
                .then()
                .statusCode(403);
        as(browser).get("/workstreams/tasks/" + task).then().body(not(containsString("completed it")));
    }

    @Test
    void what_people_write_is_shown_as_text_never_as_markup() {
        String address = form().formParam("title", "<img src=x onerror=alert(1)>")
                .formParam("description", "**strong** <script>alert(2)</script> [link](javascript:alert)")
                .formParam("project", "WEB")
                .post("/workstreams/plan")
                .then()
                .statusCode(303)
                .extract()
                .header("Location");
        as(browser)
                .get(address)
                .then()
                .statusCode(200)
                .body(containsString("<strong>strong</strong>"))
                .body(not(containsString("<img src=x")))
                .body(not(containsString("<script>alert")))
                .body(not(containsString("href=\"javascript")));
    }

    @Test
    void a_plan_that_is_wrong_comes_back_with_its_text_and_the_reason_beside_the_field() {
        form().formParam("title", "")
                .formParam("description", "Kept as typed")
                .formParam("project", "WEB")
                .formParam("estimate", "soon")
                .post("/workstreams/plan")
                .then()
                .statusCode(422)
                .body(containsString("Kept as typed"))
                .body(containsString("id=\"plan-estimate-error\""));
    }

    private RequestSpecification webhooks(String title) {
        return form().formParam("title", title).formParam("references", "#4512").formParam("project", "WEB");
    }

    @Test
    void a_plan_like_work_under_way_is_refused_until_it_is_confirmed_with_a_reason() {
        webhooks("Retry webhook deliveries with backoff")
                .post("/workstreams/plan")
                .then()
                .statusCode(303);
        form().post("/workstreams/tasks/WEB-1/take").then().statusCode(303);
        String page = webhooks("Webhook deliveries: retry with backoff")
                .post("/workstreams/plan")
                .then()
                .statusCode(409)
                .body(containsString("Somebody is on this already"))
                .body(containsString("Mine is different from WEB-1"))
                .extract()
                .asString();
        String candidate = page.replaceAll("(?s).*name=\"confirmed\" value=\"([^\"]+)\".*", "$1");
        webhooks("Webhook deliveries: retry with backoff")
                .formParam("refused", "yes")
                .formParam("confirmed", candidate)
                .post("/workstreams/plan")
                .then()
                .statusCode(409)
                .body(containsString("id=\"plan-reason-error\""));
        webhooks("Webhook deliveries: retry with backoff")
                .formParam("refused", "yes")
                .formParam("confirmed", candidate)
                .formParam("reason", "This one is about the other queue")
                .post("/workstreams/plan")
                .then()
                .statusCode(303);
        as(browser).get("/workstreams/tasks/WEB-2").then().body(containsString("about the other queue"));
    }

    @Test
    void an_action_that_came_too_late_answers_the_page_with_who_was_first() {
        String task = planned("Mend the fence");
        form().post("/workstreams/tasks/" + task + "/take").then().statusCode(303);
        form().post("/workstreams/tasks/" + task + "/take")
                .then()
                .statusCode(409)
                .body(containsString("already taken by @" + team.admin().handle()));
    }

    @Test
    void the_story_tells_who_did_what() {
        String task = planned("Mend the fence");
        form().formParam("note", "Needs **nails**")
                .post("/workstreams/tasks/" + task + "/notes")
                .then()
                .statusCode(303);
        form().formParam("status", "done")
                .formParam("summary", "It stands again")
                .post("/workstreams/tasks/" + task + "/status")
                .then()
                .statusCode(303);
        as(browser)
                .get("/workstreams/tasks/" + task)
                .then()
                .body(containsString("planned it"))
                .body(containsString("Needs <strong>nails</strong>"))
                .body(containsString("completed it"))
                .body(containsString("It stands again"));
    }

    @Test
    void filters_in_the_address_choose_what_the_list_shows() {
        planned("Mend the fence");
        planned("Paint the bench");
        as(browser)
                .get("/workstreams?q=bench")
                .then()
                .body(containsString("Paint the bench"))
                .body(not(containsString("Mend the fence")));
        as(browser).get("/workstreams?q=nothing-like-it").then().body(containsString("No task passes these filters"));
    }

    @Test
    void a_token_is_shown_once_and_can_be_revoked() {
        String page = form().formParam("name", "Laptop")
                .formParam("agent", "codex")
                .formParam("lifetime", "30")
                .post("/settings/tokens")
                .then()
                .statusCode(200)
                .body(containsString("cvb_"))
                .body(containsString("codex mcp add covibe --url"))
                .extract()
                .asString();
        String token = page.replaceAll("(?s).*(cvb_[A-Za-z0-9_-]{20,}).*", "$1");
        as(browser).get("/settings").then().body(containsString("Laptop")).body(not(containsString(token)));
        String id = page.replaceAll("(?s).*/settings/tokens/([0-9a-f-]{36})/revoke.*", "$1");
        form().post("/settings/tokens/" + id + "/revoke").then().statusCode(303);
    }

    @Test
    void the_theme_is_kept_in_a_cookie_and_drawn_by_the_server() {
        form().formParam("theme", "dark")
                .post("/settings/appearance")
                .then()
                .statusCode(303)
                .cookie("covibe_theme", equalTo("dark"));
        as(browser)
                .cookie("covibe_theme", "dark")
                .get("/workstreams")
                .then()
                .body(containsString("data-theme=\"dark\""));
    }

    @Test
    void a_dialog_gets_a_part_and_is_told_where_the_new_work_is() {
        form().header("HX-Request", "true")
                .formParam("title", "Mend the fence")
                .formParam("project", "WEB")
                .post("/workstreams/plan")
                .then()
                .statusCode(204)
                .header("HX-Trigger", containsString("/workstreams/tasks/WEB-1"));
        form().header("HX-Request", "true")
                .formParam("title", "")
                .post("/workstreams/plan")
                .then()
                .statusCode(422)
                .body(not(containsString("</html>")));
    }

    @Test
    void another_workspace_cannot_be_entered() {
        form().formParam("workspace", fixtures.workspace().admin().workspaceId())
                .post("/workspace")
                .then()
                .statusCode(404);
        form().formParam("workspace", team.admin().workspaceId())
                .post("/workspace")
                .then()
                .statusCode(303)
                .header("Location", endsWith("/workstreams"));
    }

    @Test
    void a_workstream_is_changed_in_the_form_it_was_planned_with() {
        String page = form().formParam("title", "Faster first paint")
                .formParam("target", "2027-03-01")
                .post("/workstreams/plan-workstream")
                .then()
                .statusCode(303)
                .extract()
                .header("Location");
        String address = page.substring(page.indexOf("/workstreams/"));
        as(browser).get(address + "/edit").then().statusCode(200).body(containsString("value=\"2027-03-01\""));
        form().formParam("title", "Fastest first paint")
                .post(address + "/edit")
                .then()
                .statusCode(303);
        as(browser)
                .get(address)
                .then()
                .body(containsString("Fastest first paint"))
                .body(containsString("No date"));
        form().formParam("title", "Fastest first paint")
                .formParam("target", "soon")
                .post(address + "/edit")
                .then()
                .statusCode(422)
                .body(containsString("yyyy-mm-dd"));
    }

    @Test
    void settings_say_how_a_whole_machine_is_connected_to_this_very_server() {
        String origin = RestAssured.baseURI + ":" + RestAssured.port;
        as(browser)
                .get("/settings")
                .then()
                .statusCode(200)
                .body(containsString("npm install --save-dev " + origin + "/downloads/co-vibe.tgz"))
                .body(containsString("npm exec -- covibe-local setup --base-url " + origin));
        given().get("/downloads/co-vibe.tgz").then().statusCode(200);
    }
}
