package dev.covibe.identity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class DeviceResourceTest {

    @Inject
    Fixtures fixtures;

    private Fixtures.Workspace team;
    private Fixtures.Browser browser;

    @BeforeEach
    void open() {
        team = fixtures.workspace();
        browser = fixtures.browser(team);
        // Other tests count against the same address.
        TestDatabase.execute(TestDatabase.superuser(), "delete from covibe.attempts");
    }

    private static Response ask(String body) {
        return given().contentType("application/json").body(body).post("/api/setup/device");
    }

    private static Response ask() {
        return ask("{\"host_name\": \"lins-laptop\", \"agents\": [\"claude-code\", \"codex\"]}");
    }

    private static ValidatableResponse poll(String deviceCode) {
        return given().contentType("application/json")
                .body("{\"device_code\": \"" + deviceCode + "\"}")
                .post("/api/setup/device/token")
                .then();
    }

    private ValidatableResponse decide(String userCode, String decision) {
        return given().cookie("covibe_session", browser.cookie())
                .accept("text/html")
                .formParam("csrf", browser.csrf())
                .formParam("user_code", userCode)
                .formParam("decision", decision)
                .formParam("mine", "yes")
                .post("/setup/authorize")
                .then();
    }

    @Test
    void a_machine_gets_one_working_token_for_each_agent_once_a_person_let_it_in() {
        Response asked = ask();
        asked.then()
                .statusCode(200)
                .body("user_code", matchesPattern("[BCDFGHJKMPQRTVWXY2346789]{4}-[BCDFGHJKMPQRTVWXY2346789]{4}"))
                .body("verification_uri", containsString("/setup/authorize"))
                .body("interval", equalTo(5))
                .body("expires_in", equalTo(900));
        String device = asked.path("device_code");
        String user = asked.path("user_code");
        poll(device).statusCode(400).body("error", equalTo("authorization_pending"));

        given().cookie("covibe_session", browser.cookie())
                .accept("text/html")
                .get("/setup/authorize?user_code=" + user.toLowerCase().replace("-", " "))
                .then()
                .statusCode(200)
                .body(containsString("lins-laptop"))
                .body(containsString("127.0.0.1"))
                .body(containsString("Claude Code"));
        decide(user, "approve").statusCode(200).body(containsString("lins-laptop is connected"));

        List<String> tokens = poll(device)
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("developer", equalTo(team.admin().handle()))
                .body("tokens.agent", equalTo(List.of("claude-code", "codex")))
                .extract()
                .path("tokens.token");
        tokens.forEach(token -> given().header("Authorization", "Bearer " + token)
                .get("/api/projects")
                .then()
                .statusCode(200));
        poll(device).statusCode(400).body("error", equalTo("expired_token"));
        assertThat(TestDatabase.count("select count(*) from covibe.audit_entries where action = 'device.approved' and"
                        + " subject = 'lins-laptop at 127.0.0.1' and tenant_id = '"
                        + team.admin().place().tenantId() + "'"))
                .isOne();
    }

    @Test
    void of_two_that_ask_at_once_for_the_same_tokens_one_gets_them() throws Exception {
        Response asked = ask();
        decide(asked.path("user_code"), "approve").statusCode(200);
        String device = asked.path("device_code");
        Callable<Integer> poll = () -> poll(device).extract().statusCode();
        try (ExecutorService both = Executors.newFixedThreadPool(8)) {
            List<Integer> answers = both.invokeAll(java.util.Collections.nCopies(8, poll)).stream()
                    .map(result -> result.resultNow())
                    .toList();
            assertThat(answers).containsOnlyOnce(200);
        }
        assertThat(TestDatabase.count(
                        "select count(*) from covibe.mcp_tokens where name = 'lins-laptop' and tenant_id = '"
                                + team.admin().place().tenantId() + "'"))
                .isEqualTo(2);
    }

    @Test
    void a_denied_machine_gets_nothing_and_the_first_answer_stands() {
        Response asked = ask();
        decide(asked.path("user_code"), "deny").statusCode(200).body(containsString("Denied"));
        decide(asked.path("user_code"), "approve").statusCode(422).body(containsString("not waiting any more"));
        poll(asked.path("device_code")).statusCode(400).body("error", equalTo("access_denied"));
    }

    @Test
    void approving_wants_a_tick_and_whoever_just_presses_enter_denies() {
        Response asked = ask();
        given().cookie("covibe_session", browser.cookie())
                .accept("text/html")
                .formParam("csrf", browser.csrf())
                .formParam("user_code", asked.<String>path("user_code"))
                .formParam("decision", "approve")
                .post("/setup/authorize")
                .then()
                .statusCode(422)
                .body(containsString("Tick the box"));
        poll(asked.path("device_code")).body("error", equalTo("authorization_pending"));
    }

    @Test
    void nobody_lets_a_machine_into_a_workspace_of_others() {
        Fixtures.Workspace other = fixtures.workspace();
        Response asked = ask();
        given().cookie("covibe_session", browser.cookie())
                .accept("text/html")
                .formParam("csrf", browser.csrf())
                .formParam("user_code", asked.<String>path("user_code"))
                .formParam("workspace", other.admin().workspaceId())
                .formParam("decision", "approve")
                .formParam("mine", "yes")
                .post("/setup/authorize")
                .then()
                .statusCode(404);
        poll(asked.path("device_code")).body("error", equalTo("authorization_pending"));
    }

    @Test
    void a_machine_that_asks_too_soon_is_told_to_slow_down() {
        String device = ask().path("device_code");
        poll(device).body("error", equalTo("authorization_pending"));
        poll(device).statusCode(400).body("error", equalTo("slow_down"));
    }

    @Test
    void codes_grow_old() {
        Response asked = ask();
        TestDatabase.execute(
                TestDatabase.superuser(), "update covibe.device_grants set expires_at = now() - interval '1 second'");
        poll(asked.path("device_code")).statusCode(400).body("error", equalTo("expired_token"));
        decide(asked.path("user_code"), "approve").statusCode(422);
        poll("never-given-out").statusCode(400).body("error", equalTo("expired_token"));
    }

    @Test
    void codes_cannot_be_guessed_for_long() {
        for (int n = 0; n < 10; n++) {
            given().cookie("covibe_session", browser.cookie())
                    .accept("text/html")
                    .get("/setup/authorize?user_code=BCDF-2346")
                    .then()
                    .statusCode(422);
        }
        given().cookie("covibe_session", browser.cookie())
                .accept("text/html")
                .get("/setup/authorize?user_code=BCDF-2346")
                .then()
                .statusCode(429)
                .header("Retry-After", not(equalTo(null)));
    }

    @Test
    void nobody_asks_for_codes_without_end() {
        for (int n = 0; n < 20; n++) {
            ask().then().statusCode(200);
        }
        ask().then().statusCode(429).body("code", equalTo("attempts.too-many"));
    }

    @Test
    void what_a_machine_asks_for_must_make_sense() {
        ask("{\"agents\": [\"codex\"]}").then().statusCode(400).body("errors[0].pointer", equalTo("/host_name"));
        ask("{\"host_name\": \"x\"}").then().statusCode(400).body("errors[0].pointer", equalTo("/agents"));
        ask("{\"host_name\": \"x\", \"agents\": [\"skynet\"]}")
                .then()
                .statusCode(400)
                .body("code", equalTo("agent.type-unknown"));
        ask("{\"host_name\": \"a\\u0000b\", \"agents\": [\"codex\"]}").then().statusCode(400);
    }
}
