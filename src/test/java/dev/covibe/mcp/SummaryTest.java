package dev.covibe.mcp;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.McpClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the week brought and how things stand (CRD-7), and what a person attaches to a conversation (MCP-6). */
@QuarkusTest
class SummaryTest {

    @Inject
    Fixtures fixtures;

    @TestHTTPResource("/api/mcp")
    String endpoint;

    private Fixtures.Workspace workspace;
    private McpClient agent;

    @BeforeEach
    void aWeekOfWork() {
        workspace = fixtures.workspace();
        agent = McpClient.at(endpoint, workspace.token()).in("session-of-the-first");
        agent.done("start_session", Map.of("repository", "https://github.com/acme/web", "agent_name", "codex"));
        agent.done("plan", Map.of("title", "Rotate signing keys"));
        agent.done("plan", Map.of("title", "Show invoices as PDF"));
        agent.done("plan", Map.of("title", "Retry webhooks with back-off"));
        agent.done("take_task", Map.of("task", "WEB-1"));
        agent.done("finish", Map.of("task", "WEB-1", "outcome", "done", "summary", "Keys turn monthly"));
        agent.done("take_task", Map.of("task", "WEB-2"));
        agent.done("log", Map.of("kind", "blocker", "text", "No fonts", "cause", "environment"));
        agent.done("log", Map.of("kind", "decision", "text", "Which paper?", "choice", "A4"));
    }

    private JsonNode week() {
        return agent.done("summary", Map.of("of", "week"));
    }

    @Test
    void the_week_has_what_was_done_is_under_way_held_up_decided_and_next() {
        String markdown = week().path("markdown").asText();

        assertThat(markdown)
                .contains("1 done, 1 in progress, 1 blocked, 1 decision, 0 overlaps avoided.")
                .containsSubsequence(
                        "## Done",
                        "WEB-1 Rotate signing keys",
                        "Keys turn monthly",
                        "## In progress",
                        "WEB-2 Show invoices as PDF",
                        "## Blocked",
                        "environment: No fonts",
                        "## Decisions",
                        "Which paper? A4",
                        "## Next",
                        "WEB-3 Retry webhooks with back-off");
        assertThat(week().path("figures").path("done").asInt()).isEqualTo(1);
    }

    @Test
    void the_week_says_what_it_cost_and_how_that_is_known() {
        assertThat(week().path("markdown").asText()).contains("No usage was reported.");
        agent.done("report_usage", Map.of("model", "claude-sonnet-4-5", "input", 1_000_000, "output", 100_000));
        agent.done("report_usage", Map.of("model", "a-model-without-a-price", "input", 1_500, "output", 0));

        assertThat(week().path("markdown").asText())
                .contains("Agents cost $4.50 for 1,101,500 tokens"
                        + " ($4.50 of it estimated, 1,500 tokens without a price).");
    }

    @Test
    void the_same_data_gives_the_same_words() {
        assertThat(week()).isEqualTo(week());
    }

    @Test
    void another_week_has_nothing_of_it() {
        String markdown = agent.done("summary", Map.of("of", "week", "id", "2020-01-01"))
                .path("markdown")
                .asText();

        assertThat(markdown)
                .contains("30 Dec to 5 Jan 2020", "0 done, 0 in progress")
                .doesNotContain("WEB-1");
    }

    @Test
    void the_week_is_read_over_rest_too_and_a_stranger_has_another() {
        String text = given().header("Authorization", workspace.bearer())
                .get("/api/summary/week")
                .then()
                .statusCode(200)
                .extract()
                .path("text");
        assertThat(text).contains("WEB-1 Rotate signing keys").doesNotContain("##");
        String foreign = given().header("Authorization", fixtures.workspace().bearer())
                .get("/api/summary/week")
                .path("markdown");
        assertThat(foreign).doesNotContain("Rotate");
    }

    @Test
    void a_person_and_the_workspace_are_summed_up() {
        String handle = "@" + workspace.admin().handle();
        assertThat(agent.done("summary", Map.of("of", "developer", "id", handle))
                        .path("markdown")
                        .asText())
                .contains("# " + handle + " now", "WEB-2 Show invoices as PDF", "No fonts");
        JsonNode all = agent.done("summary", Map.of("of", "workspace"));
        assertThat(all.path("figures").path("blockers").asInt()).isEqualTo(1);
        assertThat(all.path("markdown").asText()).contains("## Agents", "## Ready", "WEB-3");
    }

    @Test
    void the_briefing_and_a_task_are_resources() {
        JsonNode briefing = agent.request("resources/read", Map.of("uri", "covibe://briefing"));
        assertThat(briefing.path("result").path("contents").path(0).path("text").asText())
                .contains("WEB-2 Show invoices as PDF", "No fonts", "A4");
        JsonNode task = agent.request("resources/read", Map.of("uri", "covibe://task/WEB-1"));
        assertThat(task.path("result").path("contents").path(0).path("text").asText())
                .contains("Rotate signing keys", "Keys turn monthly");
    }

    @Test
    void a_stranger_reads_no_task_as_a_resource() {
        McpClient stranger = McpClient.at(endpoint, fixtures.workspace().token());

        JsonNode answer = stranger.request("resources/read", Map.of("uri", "covibe://task/WEB-1"));

        assertThat(answer.path("error").path("message").asText()).contains("There is no task WEB-1");
    }

    @Test
    void a_person_plans_a_change_from_a_prompt() {
        JsonNode listed = agent.request("prompts/list", Map.of()).path("result").path("prompts");
        assertThat(listed.path(0).path("name").asText()).isEqualTo("plan_my_change");
        assertThat(listed.path(0).path("description").asText()).isNotBlank();

        JsonNode prompt = agent.request(
                "prompts/get", Map.of("name", "plan_my_change", "arguments", Map.of("change", "Dark mode")));

        assertThat(prompt.path("result")
                        .path("messages")
                        .path(0)
                        .path("content")
                        .path("text")
                        .asText())
                .contains("Dark mode", "check_overlap");
    }
}
