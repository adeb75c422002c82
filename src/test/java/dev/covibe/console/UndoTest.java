package dev.covibe.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What can be taken back is offered to be (CON-8): once, to whoever did it, and as a plain form. */
@QuarkusTest
class UndoTest {

    private static final String TASK = "/workstreams/tasks/WEB-1";
    private static final Pattern OFFER =
            Pattern.compile("<form class=\"toast[^\"]*\" method=\"post\" action=\"([^\"]+)\".*?</form>");
    private static final Pattern FIELD =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");

    /** The form that a toast offers. */
    private record Offer(String html, String address, Map<String, String> fields) {}

    @Inject
    Fixtures fixtures;

    private Fixtures.Workspace team;
    private Fixtures.Browser browser;

    @BeforeEach
    void open() {
        team = fixtures.workspace();
        browser = fixtures.browser(team);
        api().body("{\"title\":\"Rotate signing keys\"}")
                .post("/api/tasks")
                .then()
                .statusCode(201);
    }

    private RequestSpecification api() {
        return given().header("Authorization", team.bearer()).contentType("application/json");
    }

    private static RequestSpecification person(Fixtures.Browser browser) {
        return given().redirects()
                .follow(false)
                .accept("text/html")
                .cookie("covibe_session", browser.cookie())
                .header("X-CSRF-Token", browser.csrf());
    }

    private Response post(String address, Map<String, String> fields) {
        return person(browser).formParams(fields).post(address);
    }

    private Response move(String status) {
        return post(TASK + "/status", Map.of("status", status));
    }

    /** What the page offers to which the browser is sent after a form. */
    private Offer offered(Response accepted) {
        accepted.then().statusCode(303);
        String page = person(browser)
                .cookie("covibe_undo", accepted.cookie("covibe_undo"))
                .get(accepted.header("Location"))
                .then()
                .statusCode(200)
                .cookie("covibe_undo", "")
                .extract()
                .asString();
        MatchResult offer = OFFER.matcher(page).results().findFirst().orElseThrow();
        Map<String, String> fields = new LinkedHashMap<>();
        FIELD.matcher(offer.group()).results().forEach(field -> fields.put(field.group(1), field.group(2)));
        return new Offer(offer.group(), offer.group(1), fields);
    }

    private void undo(Offer offer) {
        post(offer.address(), offer.fields()).then().statusCode(303);
    }

    private JsonPath task() {
        return api().get("/api/tasks/WEB-1").jsonPath();
    }

    @Test
    void a_move_is_taken_back_with_the_owner_whom_it_lost() {
        move("in_progress");
        assertThat(task().getString("owner")).isEqualTo(team.admin().handle());
        Offer offer = offered(move("planned"));
        assertThat(task().getString("owner")).isNull();
        assertThat(offer.html()).contains("WEB-1 is planned", "data-key=\"z\"");

        undo(offer);

        assertThat(task().getString("status")).isEqualTo("in_progress");
        assertThat(task().getString("owner")).isEqualTo(team.admin().handle());
        person(browser).get(TASK).then().body(containsString("moved it back to In progress"));
    }

    @Test
    void a_finished_task_that_was_reopened_by_mistake_has_its_summary_again() {
        move("in_progress");
        post(TASK + "/status", Map.of("status", "done", "summary", "Keys rotate every month."))
                .then()
                .statusCode(303);
        Offer offer = offered(move("planned"));
        assertThat(task().getString("summary")).isNull();

        undo(offer);

        assertThat(task().getString("status")).isEqualTo("done");
        assertThat(task().getString("summary")).isEqualTo("Keys rotate every month.");
    }

    @Test
    void a_script_hears_of_the_offer_in_a_header() {
        person(browser)
                .header("HX-Request", "true")
                .formParam("status", "in_progress")
                .post(TASK + "/status")
                .then()
                .statusCode(204)
                .header("HX-Trigger", containsString("\"address\":\"" + TASK + "/undo\""));
        person(browser).header("HX-Request", "true").post(TASK + "/undo").then().statusCode(204);
        assertThat(task().getString("status")).isEqualTo("planned");
    }

    @Test
    void nothing_is_undone_that_somebody_has_changed_since_nor_what_somebody_else_did() {
        move("in_progress");
        api().body("{\"title\":\"Rotate all keys\"}")
                .patch("/api/tasks/WEB-1")
                .then()
                .statusCode(200);
        post(TASK + "/undo", Map.of())
                .then()
                .statusCode(409)
                .body(containsString("WEB-1 has changed since, so nothing was undone."));
        move("in_review");
        fixtures.member(team, "kim");
        person(fixtures.browser("kim-" + team.email()))
                .post(TASK + "/undo")
                .then()
                .statusCode(409);
        assertThat(task().getString("status")).isEqualTo("in_review");
    }

    @Test
    void an_act_is_undone_once() {
        move("in_progress");
        post(TASK + "/undo", Map.of()).then().statusCode(303);
        post(TASK + "/undo", Map.of()).then().statusCode(409);
        assertThat(task().getString("status")).isEqualTo("planned");
    }

    @Test
    void no_page_shows_an_offer_that_another_browser_was_made_or_that_somebody_made_up() {
        String mine = move("in_progress").cookie("covibe_undo");
        Fixtures.Browser other = fixtures.browser(team);
        for (String cookie : new String[] {mine + "x", "e30.x", "nonsense", "."}) {
            assertThat(page(browser, cookie)).doesNotContain("data-undo");
        }
        assertThat(page(other, mine)).doesNotContain("data-undo");
        assertThat(page(browser, mine)).contains("data-undo");
    }

    private static String page(Fixtures.Browser browser, String cookie) {
        return person(browser)
                .cookie("covibe_undo", cookie)
                .get("/workstreams")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    @Test
    void an_answer_about_two_pieces_of_work_is_taken_back() {
        api().body("{\"title\":\"Paint the hangar\"}").post("/api/tasks").then().statusCode(201);
        Map<String, String> pair = Map.of("one", "WEB-1", "other", "WEB-2", "verdict", "different");
        Offer offer = offered(post("/coordination/overlaps", pair));
        assertThat(offer.html()).contains("WEB-1 and WEB-2 are different work");

        undo(offer);

        // It no longer stands, so it cannot be taken back again.
        post(offer.address(), offer.fields()).then().statusCode(409);
        person(browser).get(TASK).then().body(containsString("took back the answer for it and WEB-2"));
    }

    @Test
    void what_an_admin_changes_is_changed_back() {
        fixtures.member(team, "kim");
        String kim = api().get("/api/members").jsonPath().getString("items.find { it.handle == 'kim' }.id");
        undo(offered(post("/settings/people/" + kim + "/role", Map.of("role", "admin"))));
        api().get("/api/members/" + kim).then().body("role", equalTo("member"));

        undo(offered(post("/settings/retention", Map.of("raw_days", "7"))));
        person(browser).get("/settings/retention").then().body(containsString("<b>90 days</b>"));

        assertThat(post("/settings/retention", Map.of("raw_days", "90")).cookie("covibe_undo"))
                .as("nothing was changed, so nothing is undone")
                .isNull();

        String before = api().get("/api/tenant").jsonPath().getString("name");
        undo(offered(post("/settings/company/name", Map.of("name", "Zeppelin & sons"))));
        api().get("/api/tenant").then().body("name", equalTo(before));

        post("/settings/company/workspaces", Map.of("name", "Hangar")).then().statusCode(303);
        String hangar = api().get("/api/workspaces").jsonPath().getString("find { it.name == 'Hangar' }.id");
        undo(offered(post("/settings/company/workspaces/" + hangar + "/name", Map.of("name", "Shed"))));
        undo(offered(post("/settings/company/workspaces/" + hangar + "/archival", Map.of("archived", "yes"))));
        JsonPath workspaces = api().get("/api/workspaces").jsonPath();
        assertThat(workspaces.getString("find { it.id == '" + hangar + "' }.name"))
                .isEqualTo("Hangar");
        assertThat(workspaces.getString("find { it.id == '" + hangar + "' }.archived_at"))
                .isNull();
    }

    @Test
    void who_gives_up_being_admin_is_offered_nothing_that_they_may_not_do() {
        fixtures.member(team, "kim");
        String kim = api().get("/api/members").jsonPath().getString("items.find { it.handle == 'kim' }.id");
        post("/settings/people/" + kim + "/role", Map.of("role", "admin"))
                .then()
                .statusCode(303);
        Response own = post("/settings/people/" + team.admin().developerId() + "/role", Map.of("role", "member"));
        own.then().statusCode(303);
        assertThat(own.cookie("covibe_undo")).isNull();
    }

    @Test
    void an_agent_and_a_kept_view_are_as_they_were() {
        post("/settings/agents", Map.of("type", "codex", "name", "night-build", "purpose", "Builds at night"))
                .then()
                .statusCode(303);
        String agents = person(browser).get("/settings/agents").asString();
        Pattern edits = Pattern.compile("action=\"(/settings/agents/[0-9a-f-]{36})\"");
        String agent = edits.matcher(agents).results().findFirst().orElseThrow().group(1);
        undo(offered(post(agent, Map.of("purpose", "", "status", "retired"))));
        assertThat(person(browser).get("/settings/agents").asString())
                .contains("Builds at night")
                .doesNotContain("is-over");

        post("/analytics/views", Map.of("name", "By model", "by", "model", "range", "7"))
                .then()
                .statusCode(303);
        String views = person(browser).get("/analytics").asString();
        Pattern removals = Pattern.compile("action=\"(/analytics/views/[0-9a-f-]{36}/removal)\"");
        String removal =
                removals.matcher(views).results().findFirst().orElseThrow().group(1);
        undo(offered(post(removal, Map.of())));
        assertThat(person(browser).get("/analytics").asString())
                .contains("/analytics?by=model&amp;range=7", "By model");
    }
}
