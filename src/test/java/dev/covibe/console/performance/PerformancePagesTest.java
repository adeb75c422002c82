package dev.covibe.console.performance;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.covibe.identity.Caller;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.Usage;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages of Performance without a script: everything that CON-2 and CON-3 name is on them. */
@QuarkusTest
class PerformancePagesTest {

    @Inject
    Fixtures fixtures;

    Fixtures.Workspace workspace;
    Fixtures.Browser browser;
    Caller admin;

    @BeforeEach
    void aSessionThatCost() {
        workspace = fixtures.workspace();
        admin = workspace.admin();
        browser = fixtures.browser(workspace);
        UUID session = Usage.session(admin, "Night build", "2 hours", "1 hour");
        Usage.ended(session, "agent", "done");
        Usage.book(admin, new Usage.Booked(session, Optional.empty(), 0, 10, 1, 1_000, 3_000_000_000L, 0));
    }

    private RequestSpecification signedIn() {
        return given().cookie("covibe_session", browser.cookie())
                .header("X-CSRF-Token", browser.csrf())
                .accept("text/html")
                .redirects()
                .follow(false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/performance | Weekly operating pulse,Team scorecards,Trends,Team activity,Active developers,Spans,Cost",
                "/performance/developers | Comparison matrix,Operating targets,Leaderboards,Review cards,Activity,Task ledger",
                "/performance/agents | Spend,By developer,By agent,By model,By task,Unattributed,Registry health,Utilisation,"
                        + "Agent leaderboards,Agent insight reports,Night build,$3.00",
                "/performance/diagnostics | Live monitor,Next action,Error pressure today,Spent today,Alert triage,Drill down,"
                        + "Recent traces,Score,Duration,Tools"
            })
    void each_section_has_every_part_that_it_is_named_for(String page, String parts) {
        String body = signedIn().get(page).then().statusCode(200).extract().asString();
        for (String part : parts.split(",")) {
            org.assertj.core.api.Assertions.assertThat(body).as(page).contains(part);
        }
    }

    @Test
    void a_profile_has_trend_grid_tasks_sessions_agents_spend_and_review_card() {
        signedIn()
                .get("/performance/developers/" + admin.handle())
                .then()
                .statusCode(200)
                .body(allOf(
                        containsString("Review card"),
                        containsString(">Trend<"),
                        containsString(">Activity<"),
                        containsString(">Tasks<"),
                        containsString(">Sessions<"),
                        containsString("Night build"),
                        containsString(">Spend<"),
                        containsString("Lead actions"),
                        containsString("href=\"/settings/shares?kind=developer&amp;of=@" + admin.handle())));
        signedIn()
                .get("/settings/shares?kind=developer&of=@" + admin.handle())
                .then()
                .statusCode(200)
                .body(containsString("name=\"of\" value=\"@" + admin.handle()));
        signedIn().get("/performance/developers/nobody").then().statusCode(404);
    }

    @Test
    void the_address_says_which_days_which_metric_and_which_day() {
        signedIn()
                .get("/performance?range=7&metric=tokens&chart=cost&day=2026-01-01")
                .then()
                .statusCode(200)
                .body(containsString("<span>Cost</span>"))
                .body(containsString("id=\"team-grid-title\">Tokens"));
        signedIn().get("/performance?from=2026-11-01&to=2026-10-01").then().statusCode(400);
        signedIn().get("/performance?range=9999").then().statusCode(400);
    }

    @ParameterizedTest
    @CsvSource({"sessions, ended, Night", "agents, good, night", "spans, error, Bash", "tasks, done, x"})
    void the_drill_down_takes_developer_status_and_words(String find, String status, String text) {
        signedIn()
                .get("/performance/diagnostics?find=" + find + "&status=" + status + "&q=" + text + "&developer="
                        + admin.handle())
                .then()
                .statusCode(200)
                .body(containsString("id=\"found\""));
    }

    @Test
    void an_admin_sets_targets_and_hides_leaderboards_by_a_plain_form() {
        signedIn()
                .formParam("tasks_per_week", "4.5")
                .formParam("session_completion", "60")
                .formParam("error_share", "10")
                .formParam("attribution", "50")
                .formParam("cycle_days", "2")
                .formParam("cost_per_task", "12")
                .post("/settings/performance")
                .then()
                .statusCode(303);
        signedIn()
                .get("/settings/performance")
                .then()
                .body(containsString("value=\"4.5\""))
                .body(not(containsString("checked")));
        signedIn().get("/performance/developers").then().body(not(containsString("Leaderboards")));
        given().header("Authorization", workspace.bearer())
                .get("/api/performance/targets")
                .then()
                .body("cost_per_task", equalTo(12.0f));
        signedIn()
                .formParam("tasks_per_week", "0")
                .post("/settings/performance")
                .then()
                .statusCode(422)
                .body(containsString("Choose from"));
    }

    @Test
    void the_page_that_alerts_once_had_leads_to_where_they_are() {
        signedIn()
                .get("/settings/alerts")
                .then()
                .statusCode(303)
                .header("Location", containsString("/performance/diagnostics"));
    }

    @Test
    void an_empty_workspace_is_told_what_to_do() {
        browser = fixtures.browser(fixtures.workspace());
        signedIn().get("/performance/agents").then().statusCode(200).body(containsString("No agent has worked yet"));
        signedIn().get("/performance").then().statusCode(200);
        signedIn().get("/performance/diagnostics").then().statusCode(200).body(containsString("No session is open"));
    }
}
