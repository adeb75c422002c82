package dev.covibe.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.covibe.identity.Caller;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import dev.covibe.testsupport.Usage;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages and addresses that show sessions, what they cost, and how that is known. */
@QuarkusTest
class UsagePagesTest {

    @Inject
    Fixtures fixtures;

    private Fixtures.Workspace team;
    private Caller admin;
    private Fixtures.Browser browser;

    @BeforeEach
    void open() {
        team = fixtures.workspace();
        admin = team.admin();
        browser = fixtures.browser(team);
    }

    private static RequestSpecification as(Fixtures.Browser browser) {
        return given().redirects().follow(false).accept("text/html").cookie("covibe_session", browser.cookie());
    }

    private RequestSpecification form() {
        return as(browser).formParam("csrf", browser.csrf());
    }

    private RequestSpecification program() {
        return given().header("Authorization", team.bearer()).contentType(ContentType.JSON);
    }

    private UUID task(String body) {
        return UUID.fromString(program()
                .body(body)
                .post("/api/tasks")
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/settings/projects",
                "/settings/agents",
                "/settings/prices",
                "/settings/retention",
                "/workstreams/sessions"
            })
    void a_member_sees_each_page_and_whoever_is_not_signed_in_is_led_to_signing_in(String page) {
        as(browser).get(page).then().statusCode(200).body(containsString("</html>"));
        given().redirects().follow(false).accept("text/html").get(page).then().statusCode(303);
    }

    @Test
    void a_session_says_who_where_what_it_used_and_how_that_is_known() {
        UUID task = task("{\"title\":\"Mend the fence\"}");
        UUID session = Usage.session(admin, "Night build", "2 hours", "1 minute");
        Usage.on(session, task);
        Usage.book(admin, new Usage.Booked(session, Optional.of(task), 0, 10, 1, 12_400, 1_500_000_000L, 0));
        Usage.book(admin, new Usage.Booked(session, Optional.empty(), 0, 1, 0, 600, 0, 600));

        as(browser)
                .get("/workstreams/sessions/" + session)
                .then()
                .statusCode(200)
                .body(containsString("@" + admin.handle() + " / Night build"))
                .body(containsString("At work, last seen"))
                .body(containsString("$1.50 computed"))
                .body(containsString("600 tokens without a price"))
                .body(containsString("1 failed"))
                .body(containsString("Unattributed: 600 tokens"))
                .body(containsString("Counted from: OpenTelemetry events."))
                .body(containsString("WEB-1"));
        program()
                .get("/api/sessions/" + session)
                .then()
                .statusCode(200)
                .body("session.task.key", equalTo("WEB-1"))
                .body("usage.calls", equalTo(11))
                .body("usage.unpriced_tokens", equalTo(600))
                .body("models", hasSize(2))
                .body("sources[0].source", equalTo("otlp-event"))
                .body("sources[0].counts", equalTo(true));
        as(fixtures.browser(fixtures.workspace()))
                .get("/workstreams/sessions/" + session)
                .then()
                .statusCode(404);
    }

    @Test
    void a_session_that_died_without_a_word_says_so_once_it_is_stale_and_once_it_is_swept() {
        UUID session = Usage.session(admin, "codex", "3 hours", "31 minutes");
        as(browser).get("/workstreams/sessions/" + session).then().body(containsString("nobody should count on it"));

        Usage.ended(session, "sweeper", "abandoned");
        as(browser)
                .get("/workstreams/sessions/" + session)
                .then()
                .body(containsString("It died without a word"))
                .body(containsString("Abandoned"))
                .body(containsString("reliability"));
        program().get("/api/sessions/" + session).then().body("score.points", equalTo(25));
    }

    @Test
    void a_task_and_its_workstream_show_their_sessions_and_cost_and_what_is_unattributed() {
        program().body("{\"name\":\"Garden\"}").post("/api/workstreams").then().statusCode(201);
        UUID task = task("{\"title\":\"Mend the fence\",\"workstream\":\"WS-1\"}");
        UUID session = Usage.session(admin, "codex", "2 hours", "1 minute");
        Usage.on(session, task);
        Usage.book(admin, new Usage.Booked(session, Optional.of(task), 0, 10, 0, 12_400, 2_250_000_000L, 0));
        Usage.book(admin, new Usage.Booked(session, Optional.empty(), 0, 1, 0, 700, 250_000_000L, 0));

        for (String page : new String[] {"/workstreams/tasks/WEB-1", "/workstreams/WS-1"}) {
            as(browser)
                    .get(page)
                    .then()
                    .statusCode(200)
                    .body(containsString("/workstreams/sessions/" + session))
                    .body(containsString("12.4k"))
                    .body(containsString("$2.25"))
                    .body(containsString("Unattributed: these sessions used 700 tokens, $0.25 more"));
        }
        as(browser).get("/workstreams").then().body(containsString("$2.25"));
    }

    @Test
    void sessions_are_listed_by_state_and_by_whose_they_are() {
        Caller ada = fixtures.member(team, "ada");
        UUID mine = Usage.session(admin, "codex", "2 hours", "1 minute");
        UUID stale = Usage.session(ada, "codex", "3 hours", "1 hour");

        program().get("/api/sessions").then().body("items.id", equalTo(java.util.List.of(mine + "", stale + "")));
        program().get("/api/sessions?state=stale").then().body("items.id", equalTo(java.util.List.of(stale + "")));
        program().get("/api/sessions?developer=ada").then().body("items.id", equalTo(java.util.List.of(stale + "")));
        program()
                .get("/api/sessions?state=asleep")
                .then()
                .statusCode(400)
                .body("code", equalTo("session.state-unknown"));
        String cursor = program().get("/api/sessions?limit=1").then().extract().path("cursor");
        program()
                .get("/api/sessions?limit=1&cursor=" + cursor)
                .then()
                .body("items.id", equalTo(java.util.List.of(stale + "")));
        as(browser)
                .get("/workstreams/sessions?state=stale")
                .then()
                .body(allOf(containsString("/sessions/" + stale), not(containsString("/sessions/" + mine))));
    }

    @Test
    void an_admin_adds_a_price_sees_it_and_ends_it_and_a_member_only_reads() {
        form().formParam("model", "house-1")
                .formParam("input", "3")
                .formParam("output", "15.5")
                .post("/settings/prices")
                .then()
                .statusCode(303);
        String page = as(browser)
                .get("/settings/prices")
                .then()
                .body(containsString("house-1"))
                .body(containsString("$15.50"))
                .body(containsString("6 Nov 2026"))
                .extract()
                .asString();
        form().formParam("model", "house-1")
                .formParam("input", "cheap")
                .formParam("output", "2")
                .post("/settings/prices")
                .then()
                .statusCode(422)
                .body(containsString("price-input-error"));
        String id = page.replaceAll("(?s).*/settings/prices/([0-9a-f-]{36})/end.*", "$1");
        form().post("/settings/prices/" + id + "/end").then().statusCode(303);
        program()
                .get("/api/prices?q=house")
                .then()
                .body("company", hasSize(1))
                .body("company[0].output", equalTo(15.5f))
                .body("shipped", hasSize(0));

        Fixtures.Browser member = memberBrowser();
        as(member).get("/settings/prices").then().body(not(containsString("Add price")));
        as(member)
                .formParam("csrf", member.csrf())
                .formParam("model", "house-2")
                .formParam("input", "3")
                .formParam("output", "15")
                .post("/settings/prices")
                .then()
                .statusCode(403);
    }

    private Fixtures.Browser memberBrowser() {
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.developers set role = 'member' where id = '" + admin.developerId() + "'");
        return fixtures.browser(team);
    }

    @Test
    void models_without_a_price_are_listed_with_a_form_filled_for_them() {
        UUID session = Usage.session(admin, "codex", "2 hours", "1 minute");
        Usage.book(admin, new Usage.Booked(session, Optional.empty(), 0, 3, 0, 5_000, 0, 5_000));

        as(browser)
                .get("/settings/prices")
                .then()
                .body(containsString("Models without a price"))
                .body(containsString("/settings/prices?model=zeppelin-1"));
        as(browser).get("/settings/prices?model=zeppelin-1").then().body(containsString("value=\"zeppelin-1\""));
        program()
                .get("/api/prices/unpriced")
                .then()
                .body("model", equalTo(java.util.List.of("zeppelin-1")))
                .body("[0].tokens", equalTo(5_000));
    }

    @ParameterizedTest
    @CsvSource({"6, 422", "7, 303", "730, 303", "731, 422", "soon, 422"})
    void an_admin_keeps_raw_telemetry_from_a_week_to_two_years(String days, int status) {
        form().formParam("raw_days", days).post("/settings/retention").then().statusCode(status);
        int kept =
                program().get("/api/retention").then().statusCode(200).extract().path("raw_days");
        assertThat(kept).isEqualTo(status == 303 ? Integer.parseInt(days) : 90);
    }

    @Test
    void a_member_cannot_change_how_long_raw_telemetry_is_kept() {
        Fixtures.Browser member = memberBrowser();
        as(member)
                .formParam("csrf", member.csrf())
                .formParam("raw_days", "7")
                .post("/settings/retention")
                .then()
                .statusCode(403);
    }

    @Test
    void an_alert_is_acknowledged_snoozed_and_woken_by_plain_forms() {
        UUID session = Usage.session(admin, "codex", "3 hours", "1 hour");
        UUID alert = UUID.randomUUID();
        TestDatabase.execute(TestDatabase.superuser(), """
                insert into covibe.alerts (id, workspace_id, kind, subject_id, raised_at, seen_at, figures)
                values ('%s', '%s', 'stale_session', '%s', now(), now(), '{"agent":"codex","developer":"lin"}')
                """.formatted(alert, admin.workspaceId(), session));

        as(browser).get("/performance/diagnostics").then().body(containsString("@lin / codex has given no sign"));
        as(browser).get("/workstreams").then().body(containsString("1 alert wants somebody."));
        as(browser)
                .get("/workstreams/sessions/" + session)
                .then()
                .body(containsString("@lin / codex has given no sign"));
        for (String act : new String[] {"acknowledgement", "snooze", "waking"}) {
            form().formParam("hours", "4")
                    .post("/performance/alerts/" + alert + "/" + act)
                    .then()
                    .statusCode(303);
        }
        as(browser).get("/performance/diagnostics").then().body(containsString("looks after it"));
        as(browser).get("/workstreams").then().body(not(containsString("wants somebody")));
    }

    @Test
    void an_agent_is_written_down_and_changed_by_plain_forms() {
        form().formParam("type", "codex")
                .formParam("name", "Night build")
                .formParam("purpose", "Updates dependencies")
                .post("/settings/agents")
                .then()
                .statusCode(303);
        form().formParam("type", "codex")
                .formParam("name", "Night build")
                .post("/settings/agents")
                .then()
                .statusCode(409)
                .body(containsString("agent-name-error"));
        String page = as(browser).get("/settings/agents").asString();
        String id = page.replaceAll("(?s).*action=\"/settings/agents/([0-9a-f-]{36})\".*", "$1");
        form().formParam("purpose", "Updates everything")
                .formParam("status", "paused")
                .post("/settings/agents/" + id)
                .then()
                .statusCode(303);
        as(browser)
                .get("/settings/agents")
                .then()
                .body(containsString("Updates everything"))
                .body(containsString("Paused"));
    }
}
