package dev.covibe.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.McpClient;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What tools say no to, and that an agent can act on it (MCP-4). */
@QuarkusTest
class ToolRefusalTest {

    @Inject
    Fixtures fixtures;

    @TestHTTPResource("/api/mcp")
    String endpoint;

    Fixtures.Workspace workspace;
    McpClient agent;

    @BeforeEach
    void freshWorkspace() {
        workspace = fixtures.workspace();
        agent = McpClient.at(endpoint, workspace.token());
    }

    private String plan(String title) {
        return agent.done("plan", Map.of("title", title))
                .path("task")
                .path("key")
                .asText();
    }

    private static void refused(McpClient.Result result, String code) {
        assertThat(result.isError()).as(result.text()).isTrue();
        assertThat(result.code()).isEqualTo(code);
        assertThat(result.structured().isMissingNode())
                .as("strict clients hold structured content against the output schema")
                .isTrue();
        assertThat(result.next()).as(result.text()).isNotEmpty();
    }

    @Test
    void a_plan_that_looks_like_other_work_asks_for_confirmation_and_says_how() {
        String title = "Webhook deliveries fail with TimeoutException in RetryScheduler";
        Map<String, Object> plan = new LinkedHashMap<>(Map.of(
                "title",
                title,
                "description",
                "RetryScheduler.dispatch gives up after the first 504 from the gateway."));
        String original = agent.done("plan", plan).path("task").path("key").asText();
        String id = TestDatabase.text("select id from covibe.tasks where workspace_id = '%s'"
                .formatted(workspace.admin().workspaceId()));

        JsonNode checked = agent.done("check_overlap", plan);
        assertThat(checked.path("escalates").asBoolean()).isTrue();
        assertThat(checked.path("candidates").path(0).path("key").asText()).isEqualTo(original);
        assertThat(checked.path("candidates")
                        .path(0)
                        .path("signals")
                        .path(0)
                        .path("text")
                        .asText())
                .isNotBlank();

        McpClient.Result refused = agent.call("plan", plan);
        refused(refused, "overlap.confirmation-required");
        assertThat(refused.text()).contains("conflict: {").contains(id).contains(original);
        assertThat(refused.next()).contains("plan {").contains("\"confirm\":[\"" + id + "\"]");

        plan.put("confirm", List.of(id));
        refused(agent.call("plan", plan), "overlap.confirmation-required");
        plan.put("confirm_reason", "The other one is about the old gateway.");
        assertThat(agent.done("plan", plan).path("task").path("key").asText()).isEqualTo("WEB-2");
    }

    @Test
    void of_a_hundred_who_take_one_task_one_gets_it_and_the_others_are_told_who() throws Exception {
        String key = plan("Untangle the scheduler");
        McpClient ada = McpClient.at(endpoint, fixtures.token(fixtures.member(workspace, "ada")));
        List<Callable<McpClient.Result>> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            McpClient racer = i % 2 == 0 ? agent : ada;
            calls.add(() -> racer.call("take_task", Map.of("task", key)));
        }
        List<McpClient.Result> results = new ArrayList<>();
        try (ExecutorService racers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<McpClient.Result> result : racers.invokeAll(calls)) {
                results.add(result.get());
            }
        }

        List<McpClient.Result> winners =
                results.stream().filter(result -> !result.isError()).toList();
        assertThat(winners).hasSize(1);
        String winner =
                winners.getFirst().structured().path("task").path("owner").asText();
        assertThat(results.stream().filter(McpClient.Result::isError))
                .hasSize(99)
                .allSatisfy(lost -> {
                    refused(lost, "task.already-taken");
                    assertThat(lost.text()).contains("@" + winner);
                });
    }

    @Test
    void what_stands_in_the_way_is_named() {
        String first = plan("Encrypt backups at rest");
        agent.done("plan", Map.of("title", "Publish the restore guide", "depends_on", List.of(first)));

        McpClient.Result blocked = agent.call("take_task", Map.of("task", "WEB-2"));
        refused(blocked, "task.blocked");
        assertThat(blocked.next()).contains("take_task {\"task\":\"" + first + "\"}");

        agent.done("take_task", Map.of());
        refused(agent.call("take_task", Map.of()), "task.none-ready");
        agent.done("finish", Map.of("task", first, "outcome", "cancelled", "summary", "Not needed."));
        refused(agent.call("finish", Map.of("task", first, "outcome", "done", "summary", "Again.")), "task.ended");
        refused(agent.call("take_task", Map.of("task", first)), "task.ended");
    }

    @Test
    void what_is_not_there_is_not_found() {
        refused(agent.call("take_task", Map.of("task", "WEB-99")), "task.unknown");
        refused(agent.call("log", Map.of("kind", "note", "text", "x", "task", "nonsense")), "task.unknown");
        refused(agent.call("log", Map.of("kind", "note", "text", "x")), "task.wanted");
        refused(agent.call("summary", Map.of("of", "workstream", "id", "WS-9")), "workstream.unknown");
        refused(
                agent.call("finish", Map.of("workstream", "WS-9", "outcome", "done", "summary", "x")),
                "workstream.unknown");
        refused(agent.call("end_session", Map.of("outcome", "done")), "session.wanted");
        refused(
                agent.call("end_session", Map.of("outcome", "done", "session", "0190d3f0-0000-7000-8000-000000000000")),
                "session.unknown");
        refused(agent.call("find_work", Map.of("view", "all", "cursor", "bm9wZQ")), "cursor.invalid");
    }

    @Test
    void a_person_of_another_workspace_cannot_learn_that_something_exists() {
        String key = plan("Secret work");
        String session = agent.done("start_session", Map.of("repository", "github.com/acme/web"))
                .path("session")
                .path("id")
                .asText();
        agent.done("plan", Map.of("title", "Secret stream", "kind", "workstream"));
        McpClient stranger = McpClient.at(endpoint, fixtures.workspace().token());

        refused(stranger.call("take_task", Map.of("task", key)), "task.unknown");
        refused(stranger.call("log", Map.of("kind", "note", "text", "x", "task", key)), "task.unknown");
        refused(stranger.call("finish", Map.of("task", key, "outcome", "done", "summary", "x")), "task.unknown");
        refused(stranger.call("summary", Map.of("of", "workstream", "id", "WS-1")), "workstream.unknown");
        refused(stranger.call("end_session", Map.of("outcome", "done", "session", session)), "session.unknown");
        refused(
                stranger.call("start_session", Map.of("repository", "github.com/acme/web", "resume", session)),
                "session.unknown");
        assertThat(stranger.done("find_work", Map.of("view", "all"))
                        .path("total")
                        .asInt())
                .isZero();
        JsonNode briefing = stranger.done("start_session", Map.of("repository", "github.com/acme/web"));
        assertThat(briefing.path("active")).isEmpty();
        assertThat(stranger.done("check_overlap", Map.of("title", "Secret work"))
                        .path("candidates"))
                .isEmpty();
    }

    @Test
    void arguments_that_do_not_fit_are_all_named_at_once() {
        McpClient.Result wrong = agent.call(
                "plan", Map.of("titel", "x", "paths", "src/**", "priority", "asap", "labels", List.of(1, 2)));

        refused(wrong, "arguments.invalid");
        assertThat(wrong.text())
                .contains("titel is not an argument of plan")
                .contains("title is missing")
                .contains("paths must be an array of strings")
                .contains("priority must be one of none, low, medium, high, urgent")
                .contains("labels must be an array of strings");
        refused(agent.call("find_work", Map.of("view", "all", "limit", "ten")), "arguments.invalid");
        refused(agent.call("find_work", Map.of("view", "all", "limit", 1000)), "request.invalid");
        refused(agent.call("find_work", Map.of()), "arguments.invalid");
        refused(agent.call("log", Map.of("kind", "hunch", "text", "x")), "arguments.invalid");
        refused(agent.call("plan", Map.of("title", "a\0b")), "arguments.invalid");
        refused(agent.call("plan", Map.of("title", "x".repeat(201))), "request.invalid");
        refused(agent.call("plan", Map.of("title", "x", "confirm", List.of("WEB-1"))), "arguments.invalid");
        refused(
                agent.call("plan", Map.of("title", "x", "kind", "workstream", "labels", List.of("y"))),
                "request.invalid");
        refused(agent.call("check_overlap", Map.of()), "request.invalid");
        refused(agent.call("start_session", Map.of("repository", "/home/lin/web")), "request.invalid");
        refused(
                agent.call("finish", Map.of("task", "A-1", "workstream", "WS-1", "outcome", "done", "summary", "x")),
                "request.invalid");
    }

    @Test
    void a_repeated_call_with_the_same_key_acts_once_and_answers_alike() {
        Map<String, String> once = Map.of("title", "Untangle the scheduler", "idempotency_key", "key-1");
        JsonNode first = agent.done("plan", once);

        assertThat(agent.done("plan", once)).isEqualTo(first);
        McpClient.Result other = agent.call("plan", Map.of("title", "Other work", "idempotency_key", "key-1"));
        refused(other, "idempotency.key-reused");

        Map<String, String> take = Map.of("task", "WEB-1", "idempotency_key", "key-2");
        assertThat(agent.done("take_task", take)).isEqualTo(agent.done("take_task", take));
        Map<String, String> note = Map.of("kind", "note", "text", "Once.", "task", "WEB-1", "idempotency_key", "key-3");
        assertThat(agent.done("log", note)).isEqualTo(agent.done("log", note));
        Map<String, String> start = Map.of("repository", "github.com/acme/web", "idempotency_key", "key-4");
        assertThat(agent.done("start_session", start)).isEqualTo(agent.done("start_session", start));
        Map<String, String> finish =
                Map.of("task", "WEB-1", "outcome", "done", "summary", "Done.", "idempotency_key", "key-5");
        assertThat(agent.done("finish", finish)).isEqualTo(agent.done("finish", finish));
        Map<String, String> end = Map.of("outcome", "done", "idempotency_key", "key-6");
        assertThat(agent.done("end_session", end)).isEqualTo(agent.done("end_session", end));
        assertThat(events("noted")).isEqualTo(1);
        assertThat(events("session_started")).isEqualTo(1);
    }

    @Test
    void a_refused_call_leaves_nothing_behind_and_its_key_stays_free() {
        Map<String, Object> cycle = new LinkedHashMap<>();
        cycle.put("title", "Circular work");
        cycle.put("depends_on", Arrays.asList("WEB-42"));
        cycle.put("idempotency_key", "key-1");
        refused(agent.call("plan", cycle), "request.invalid");

        cycle.put("depends_on", List.of());
        assertThat(agent.done("plan", cycle).path("task").path("key").asText()).isEqualTo("WEB-1");
        assertThat(events("planned")).as("the project and the one task").isEqualTo(2);
    }

    private long events(String kind) {
        return TestDatabase.count("select count(*) from covibe.work_events where workspace_id = '%s' and kind = '%s'"
                .formatted(workspace.admin().workspaceId(), kind));
    }
}
