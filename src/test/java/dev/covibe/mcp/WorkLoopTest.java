package dev.covibe.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.covibe.identity.AgentType;
import dev.covibe.identity.Tokens;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.McpClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an agent does all day, tool by tool (MCP-2). */
@QuarkusTest
class WorkLoopTest {

    private static final String REPOSITORY = "git@github.com:acme/web.git";

    @Inject
    Fixtures fixtures;

    @Inject
    Tokens tokens;

    @TestHTTPResource("/api/mcp")
    String endpoint;

    Fixtures.Workspace workspace;
    McpClient agent;

    @BeforeEach
    void freshWorkspace() {
        workspace = fixtures.workspace();
        agent = McpClient.at(endpoint, workspace.token()).in("session-of-the-first");
    }

    private McpClient colleague(String handle) {
        return McpClient.at(endpoint, fixtures.token(fixtures.member(workspace, handle)))
                .in("session-of-" + handle);
    }

    private String plan(String title) {
        return agent.done("plan", Map.of("title", title))
                .path("task")
                .path("key")
                .asText();
    }

    private static List<String> keys(JsonNode tasks) {
        List<String> keys = new ArrayList<>();
        tasks.forEach(task -> keys.add(task.path("key").asText()));
        return keys;
    }

    @Test
    void a_session_opens_with_everything_that_matters_here() {
        McpClient ada = colleague("ada");
        ada.done("start_session", Map.of("repository", REPOSITORY, "branch", "retries", "agent_name", "codex"));
        ada.done("plan", Map.of("title", "Retry webhooks with back-off"));
        ada.done("take_task", Map.of("task", "WEB-1"));
        plan("Show invoices as PDF");
        plan("Rotate signing keys");
        agent.done("take_task", Map.of("task", "WEB-3"));

        McpClient.Result briefing =
                agent.call("start_session", Map.of("repository", REPOSITORY, "branch", "main", "agent_name", "claude"));

        JsonNode told = briefing.structured();
        assertThat(told.path("session").path("repository").asText()).isEqualTo("github.com/acme/web");
        assertThat(told.path("session").path("state").asText()).isEqualTo("active");
        assertThat(told.path("developer").path("handle").asText())
                .isEqualTo(workspace.admin().handle());
        assertThat(told.path("workspace").path("name").asText()).isEqualTo("Core");
        assertThat(keys(told.path("my_tasks"))).containsExactly("WEB-3");
        assertThat(keys(told.path("ready"))).containsExactly("WEB-2");
        assertThat(told.path("active")).hasSize(1);
        assertThat(told.path("active").path(0).path("developer").asText()).isEqualTo("ada");
        assertThat(told.path("active").path(0).path("agent").asText()).isEqualTo("codex");
        assertThat(told.path("active").path(0).path("task").asText()).isEqualTo("WEB-1");
        assertThat(briefing.text()).contains("@ada with codex on retries, WEB-1 Retry webhooks with back-off");
    }

    @Test
    void starting_again_in_the_same_place_goes_on_with_the_same_session() {
        Map<String, String> here = Map.of("repository", REPOSITORY, "branch", "main");
        String first =
                agent.done("start_session", here).path("session").path("id").asText();

        JsonNode again = agent.done("start_session", here).path("session");
        assertThat(again.path("id").asText()).isEqualTo(first);
        assertThat(again.path("resumed").asBoolean()).isTrue();

        agent.done("end_session", Map.of("outcome", "partial", "summary", "Half of it"));
        JsonNode resumed = agent.done("start_session", Map.of("repository", REPOSITORY, "resume", first));
        assertThat(resumed.path("session").path("id").asText()).isEqualTo(first);
    }

    @Test
    void a_typed_token_says_what_the_agent_is() {
        String typed = tokens.mint(
                        workspace.admin(), "codex", Optional.of(AgentType.CODEX), Optional.empty(), "127.0.0.1")
                .text();

        JsonNode session = McpClient.at(endpoint, typed)
                .done("start_session", Map.of("repository", REPOSITORY, "agent_name", "claude-code"))
                .path("session");

        assertThat(session.path("agent").asText()).isEqualTo("codex");
    }

    @Test
    void work_is_planned_taken_logged_and_finished() {
        agent.done("start_session", Map.of("repository", REPOSITORY, "agent_name", "claude-code"));
        JsonNode planned = agent.done(
                        "plan",
                        Map.of(
                                "title",
                                "Retry webhooks on 5xx",
                                "description",
                                "Use back-off.",
                                "paths",
                                List.of("src/webhooks/**"),
                                "priority",
                                "high",
                                "labels",
                                List.of("webhooks")))
                .path("task");
        assertThat(planned.path("key").asText()).isEqualTo("WEB-1");
        assertThat(planned.path("priority").asText()).isEqualTo("high");
        assertThat(planned.path("ready").asBoolean()).isTrue();

        McpClient.Result taken = agent.call("take_task", Map.of());
        assertThat(taken.structured().path("task").path("key").asText()).isEqualTo("WEB-1");
        assertThat(taken.structured().path("task").path("repository").asText()).isEqualTo("github.com/acme/web");
        assertThat(taken.text()).contains("Use back-off.").contains("src/webhooks/**");

        JsonNode logged = agent.done("log", Map.of("kind", "progress", "text", "Half of the calls retry."));
        assertThat(logged.path("task").asText()).isEqualTo("WEB-1");
        assertThat(UUID.fromString(logged.path("event").asText())).isNotNull();
        agent.done("log", Map.of("kind", "note", "text", "The sandbox answers 429.", "task", "web-1"));

        JsonNode finished = agent.done("finish", Map.of("outcome", "done", "summary", "All calls retry."));
        assertThat(finished.path("task").path("status").asText()).isEqualTo("done");

        String ended = agent.call("end_session", Map.of("outcome", "done")).text();
        assertThat(ended).endsWith("ended.");
        assertThat(agent.call("end_session", Map.of("outcome", "done")).code()).isEqualTo("session.wanted");
    }

    @Test
    void the_story_of_a_task_tells_who_did_what_with_which_agent() {
        agent.done("start_session", Map.of("repository", REPOSITORY, "agent_name", "claude-code"));
        String key = plan("Cache the price list");
        agent.done("log", Map.of("kind", "note", "text", "Prices change at midnight.", "task", key));

        JsonNode story = colleague("ada").done("take_task", Map.of("task", key)).path("story");

        assertThat(story).hasSize(3);
        assertThat(story.path(0).path("kind").asText()).isEqualTo("started");
        assertThat(story.path(0).path("who").asText()).isEqualTo("ada");
        assertThat(story.path(1).path("text").asText()).isEqualTo("Prices change at midnight.");
        assertThat(story.path(1).path("agent").asText()).isEqualTo("claude-code");
    }

    @Test
    void a_workstream_is_planned_filled_summed_up_and_finished() {
        String stream = agent.done(
                        "plan",
                        Map.of("title", "Checkout without passwords", "kind", "workstream", "description", "By June."))
                .path("workstream")
                .path("key")
                .asText();
        assertThat(stream).isEqualTo("WS-1");
        for (String title : List.of("Offer passkeys at sign-up", "Migrate the session store")) {
            agent.done("plan", Map.of("title", title, "workstream", stream));
        }
        agent.done("take_task", Map.of("task", "WEB-1"));
        agent.done("finish", Map.of("task", "WEB-1", "outcome", "done", "summary", "Passkeys are offered."));

        McpClient.Result summary = agent.call("summary", Map.of("of", "workstream", "id", stream));

        assertThat(summary.structured().path("figures").path("done").asInt()).isEqualTo(1);
        assertThat(summary.structured().path("figures").path("progress").asInt())
                .isEqualTo(50);
        assertThat(summary.text())
                .contains("# WS-1 Checkout without passwords")
                .contains("1 of 2 tasks done (50 %)")
                .contains("By June.")
                .contains("Passkeys are offered.");
        JsonNode finished =
                agent.done("finish", Map.of("workstream", stream, "outcome", "cancelled", "summary", "Not this year."));
        assertThat(finished.path("workstream").path("status").asText()).isEqualTo("cancelled");
    }

    @Test
    void every_view_of_find_work_shows_its_own() {
        String first = plan("Encrypt backups at rest");
        String waiting = agent.done("plan", Map.of("title", "Publish the restore guide", "depends_on", List.of(first)))
                .path("task")
                .path("key")
                .asText();
        String done = plan("Drop the legacy importer");
        agent.done("take_task", Map.of("task", done));
        agent.done("finish", Map.of("task", done, "outcome", "done", "summary", "Gone."));
        String mine = plan("Paint the lighthouse widget");
        agent.done("take_task", Map.of("task", mine));

        assertThat(found("ready")).containsExactly(first);
        assertThat(found("blocked")).containsExactly(waiting);
        assertThat(found("done")).containsExactly(done);
        assertThat(found("mine")).containsExactly(mine);
        assertThat(found("active")).containsExactly(mine);
        assertThat(found("all")).containsExactlyInAnyOrder(first, waiting, done, mine);
        assertThat(keys(agent.done("find_work", Map.of("view", "all", "text", "restore guide"))
                        .path("tasks")))
                .containsExactly(waiting);
    }

    private List<String> found(String view) {
        return keys(agent.done("find_work", Map.of("view", view)).path("tasks"));
    }

    @Test
    void a_long_list_is_cut_counted_and_goes_on_by_cursor() {
        List<String> subjects = List.of("anchors", "beacons", "canals", "docks", "ebb");
        subjects.forEach(subject -> plan("Survey the " + subject));

        JsonNode page = agent.done("find_work", Map.of("view", "all", "limit", 2));
        assertThat(page.path("total").asInt()).isEqualTo(5);
        List<String> seen = new ArrayList<>(keys(page.path("tasks")));
        while (page.has("cursor")) {
            page = agent.done(
                    "find_work",
                    Map.of(
                            "view",
                            "all",
                            "limit",
                            2,
                            "cursor",
                            page.path("cursor").asText()));
            seen.addAll(keys(page.path("tasks")));
        }
        assertThat(seen).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void a_row_is_short_unless_everything_is_asked_for() {
        plan("Survey the anchors");
        JsonNode concise =
                agent.done("find_work", Map.of("view", "all")).path("tasks").path(0);
        JsonNode full = agent.done("find_work", Map.of("view", "all", "detail", "full"))
                .path("tasks")
                .path(0);

        assertThat(concise.toString().length()).isLessThan(100);
        assertThat(full.has("updated_at")).isTrue();
        assertThat(full.has("id")).isTrue();
    }
}
