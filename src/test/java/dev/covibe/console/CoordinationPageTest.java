package dev.covibe.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.McpClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits for somebody, and what a person does about it (CRD-6). */
@QuarkusTest
class CoordinationPageTest {

    private static final String REPOSITORY = "https://github.com/acme/web";

    @Inject
    Fixtures fixtures;

    @TestHTTPResource("/api/mcp")
    String endpoint;

    private Fixtures.Workspace team;
    private Fixtures.Browser browser;
    private McpClient agent;

    @BeforeEach
    void open() {
        team = fixtures.workspace();
        browser = fixtures.browser(team);
        agent = McpClient.at(endpoint, fixtures.token(fixtures.member(team, "ada")))
                .in("session-of-ada");
        agent.done("start_session", Map.of("repository", REPOSITORY, "branch", "main", "agent_name", "codex"));
        agent.done("plan", Map.of("title", "Rotate signing keys"));
        agent.done("take_task", Map.of("task", "WEB-1"));
    }

    private RequestSpecification person() {
        return given().redirects().follow(false).accept("text/html").cookie("covibe_session", browser.cookie());
    }

    private void post(String address, Map<String, String> fields) {
        person().formParam("csrf", browser.csrf())
                .formParams(fields)
                .post(address)
                .then()
                .statusCode(303);
    }

    private String page() {
        return person().get("/coordination").then().statusCode(200).extract().asString();
    }

    private JsonNode waiting() {
        return agent.done("inbox", Map.of()).path("messages");
    }

    @Test
    void a_calm_workspace_says_so() {
        assertThat(page()).contains("Nothing waits for anybody", "@ada / codex", "github.com/acme/web", "WEB-1");
    }

    @Test
    void a_person_answers_a_blocker_on_the_page_and_the_agent_hears_of_it_until_it_acknowledges() {
        String blocker = agent.done(
                        "log", Map.of("kind", "blocker", "cause", "access", "text", "The **vault** is shut"))
                .path("blocker")
                .asText();
        assertThat(page()).contains("1 blocker", "The <strong>vault</strong> is shut", "Access");

        post("/coordination/blockers/" + blocker + "/answer", Map.of("answer", "It is open now"));

        assertThat(page()).doesNotContain("is shut");
        for (int look = 0; look < 3; look++) {
            assertThat(waiting()).hasSize(1);
            assertThat(agent.done("start_session", Map.of("repository", REPOSITORY, "branch", "main"))
                            .path("messages"))
                    .hasSize(1);
        }
        assertThat(waiting().path(0).path("text").asText()).startsWith("It is open now");
        agent.done(
                "inbox",
                Map.of("acknowledge", List.of(waiting().path(0).path("id").asText())));
        assertThat(waiting()).isEmpty();
        assertThat(agent.done("start_session", Map.of("repository", REPOSITORY, "branch", "main"))
                        .path("messages"))
                .isEmpty();
        person().get("/workstreams/tasks/WEB-1")
                .then()
                .statusCode(200)
                .body(allOf(containsString("is shut"), containsString("It is open now")));
    }

    @Test
    void an_answer_that_is_refused_is_not_lost() {
        String blocker = agent.done("log", Map.of("kind", "blocker", "text", "Which vault?"))
                .path("blocker")
                .asText();
        post("/coordination/blockers/" + blocker + "/answer", Map.of("answer", "The first"));

        person().formParam("csrf", browser.csrf())
                .formParam("answer", "The second")
                .post("/coordination/blockers/" + blocker + "/answer")
                .then()
                .statusCode(409)
                .body(containsString("has been answered before"));
        assertThat(waiting()).hasSize(1);
    }

    @Test
    void a_person_decides_on_the_page() {
        String decision = agent.done(
                        "log",
                        Map.of("kind", "decision", "text", "JWT or sessions?", "options", List.of("JWT", "Sessions")))
                .path("decision")
                .asText();
        assertThat(page()).contains("1 decision wanted", "JWT or sessions?", "value=\"Sessions\"");

        post("/coordination/decisions/" + decision + "/choice", Map.of("option", "Sessions", "reason", "Revocable"));

        assertThat(page()).contains("Decided lately").doesNotContain("1 decision wanted");
        assertThat(waiting().path(0).path("text").asText()).isEqualTo("Sessions\n\nRevocable");
    }

    @Test
    void an_urgent_message_stands_on_the_page_until_it_is_acknowledged() {
        agent.done(
                "send_message",
                Map.of("to", List.of("@" + team.admin().handle()), "text", "The disk is full", "priority", "urgent"));
        String page = page();
        assertThat(page).contains("1 urgent message", "The disk is full", "Acknowledge");
        String id = page.replaceAll("(?s).*/coordination/acknowledgements/([0-9a-f-]{36}).*", "$1");

        post("/coordination/acknowledgements/" + id, Map.of());

        assertThat(page()).doesNotContain("1 urgent message").doesNotContain("/coordination/acknowledgements/");
    }

    @Test
    void a_person_writes_to_a_task_and_reads_the_reply() {
        post("/coordination/messages", Map.of("to", "WEB-1", "subject", "Key size", "text", "Use 4096 bits"));
        JsonNode message = waiting().path(0);
        assertThat(message.path("subject").asText()).isEqualTo("Key size");

        agent.done(
                "send_message",
                Map.of(
                        "to",
                        List.of(),
                        "text",
                        "Will do",
                        "reply_to",
                        message.path("id").asText()));

        person().get("/coordination/messages/" + message.path("id").asText())
                .then()
                .statusCode(200)
                .body(allOf(containsString("Use 4096 bits"), containsString("Will do"), containsString("Waits for")));
        post("/coordination/messages/" + message.path("id").asText() + "/replies", Map.of("text", "Thanks"));
        person().get("/workstreams/tasks/WEB-1").then().body(containsString("Use 4096 bits"));
    }

    @Test
    void a_message_to_nobody_known_is_shown_again_with_what_is_wrong() {
        person().formParam("csrf", browser.csrf())
                .formParam("to", "@nobody")
                .formParam("text", "Hello there")
                .post("/coordination/messages")
                .then()
                .statusCode(422)
                .body(allOf(containsString("There is no member"), containsString("Hello there")));
    }

    @Test
    void an_overridden_claim_is_loud_on_the_page_and_in_the_holders_inbox() {
        agent.done("claim", Map.of("repository", REPOSITORY, "paths", List.of("src/auth/**")));
        McpClient other = McpClient.at(endpoint, team.token()).in("session-of-lin");
        other.done("start_session", Map.of("repository", REPOSITORY, "agent_name", "claude"));

        other.done(
                "claim",
                Map.of("repository", REPOSITORY, "paths", List.of("src/auth/Keys.java"), "override", "A hotfix"));

        JsonNode told = waiting().path(0);
        assertThat(told.path("urgent").asBoolean()).isTrue();
        assertThat(told.path("text").asText()).contains("A hotfix", "src/auth/Keys.java");
        assertThat(page()).contains("Collision", "claimed it as well", "Overrides another claim: A hotfix");
        String mine = page().replaceAll("(?s).*/coordination/claims/([0-9a-f-]{36})/release.*", "$1");
        post("/coordination/claims/" + mine + "/release", Map.of());
    }

    @Test
    void an_audit_shows_pairs_and_a_persons_word_settles_them() {
        agent.done("plan", Map.of("title", "Mend the login form for phones"));
        String twin = agent.done("check_overlap", Map.of("title", "Mend the login form for phones"))
                .path("candidates")
                .path(0)
                .path("id")
                .asText();
        agent.done(
                "plan",
                Map.of(
                        "title",
                        "Mend the login form for phones",
                        "confirm",
                        List.of(twin),
                        "confirm_reason",
                        "Another form"));

        post("/coordination/audits", Map.of());

        assertThat(page()).contains("Audited now");
    }

    @Test
    void a_person_raises_a_blocker_and_a_question_on_the_tasks_page() {
        post("/workstreams/tasks/WEB-1/blockers", Map.of("kind", "review", "text", "Nobody reviews", "needs", "ada"));
        post("/workstreams/tasks/WEB-1/decisions", Map.of("question", "Ship it?", "options", "Yes\nNo"));

        assertThat(page()).contains("Nobody reviews", "Ship it?", "@ada");
        assertThat(waiting()).isNotEmpty();
    }

    @Test
    void a_stranger_sees_nothing_of_it() {
        agent.done("log", Map.of("kind", "blocker", "text", "The vault is shut"));
        Fixtures.Browser stranger = fixtures.browser(fixtures.workspace());

        given().cookie("covibe_session", stranger.cookie())
                .accept("text/html")
                .get("/coordination")
                .then()
                .statusCode(200)
                .body(not(containsString("vault")));
    }
}
