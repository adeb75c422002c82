package dev.covibe.guard;

import static dev.covibe.guard.Belongings.MARKER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.identity.Role;
import dev.covibe.identity.Tokens;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.McpClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every tool, with ids of another workspace in every argument that takes one (QLT-9). */
@QuarkusTest
class ToolAccessTest {

    /** An argument of each kind that names something of another workspace; the tools' other arguments are harmless. */
    private static final Map<String, Object> HARMLESS = Map.ofEntries(
            Map.entry("view", "all"),
            Map.entry("title", "Hangar of a zeppelin"),
            Map.entry("text", "Mine now"),
            Map.entry("summary", "Mine now"),
            Map.entry("reason", "Mine now"),
            Map.entry("kind", "note"),
            Map.entry("period", "week"),
            Map.entry("outcome", "done"),
            Map.entry("repository", "github.com/acme/zeppelin"),
            Map.entry("paths", List.of("hangar/gate")),
            Map.entry("to", List.of("workspace")),
            Map.entry("model", "m"),
            Map.entry("input_tokens", 1));

    @Inject
    Fixtures fixtures;

    @Inject
    Tokens tokens;

    @TestHTTPResource("/api/mcp")
    URI mcp;

    @Test
    void no_tool_reaches_into_another_workspace() {
        Ground ground = Ground.of(fixtures.workspace(), fixtures, tokens);
        for (Fixtures.Workspace stranger : List.of(fixtures.workspace(), ground.colleague(Role.ADMIN, fixtures))) {
            McpClient agent = McpClient.at(mcp.toString(), stranger.token());
            List<String> called = new ArrayList<>();
            agent.request("tools/list", Map.of()).path("result").path("tools").forEach(tool -> {
                Map<String, Object> arguments = new HashMap<>();
                tool.path("inputSchema").path("properties").fieldNames().forEachRemaining(name -> foreign(ground, name)
                        .ifPresent(value -> arguments.put(name, value)));
                McpClient.Result result = agent.call(tool.path("name").asText(), arguments);
                called.add(tool.path("name").asText());
                assertThat(result.text() + result.structured())
                        .as(tool.path("name").asText() + " with " + arguments)
                        .doesNotContain(MARKER)
                        .doesNotContain("server.unexpected");
            });
            assertThat(called).hasSizeGreaterThan(10);
        }
        ground.assertUntouched();
        McpClient owner = McpClient.at(mcp.toString(), ground.admin().token());
        assertThat(owner.done("find_work", Map.of("view", "all")).toString()).contains(MARKER);
    }

    /** A value for a tool's argument that leads into the other workspace, wherever an argument can. */
    private static Optional<Object> foreign(Ground ground, String argument) {
        return switch (argument) {
            case "task", "parent", "work" -> Optional.of(ground.task());
            case "tasks", "depends_on", "confirm" -> Optional.of(List.of(ground.task()));
            case "workstream" -> Optional.of("WS-1");
            case "session", "parent_session" -> Optional.of(ground.items().get("/sessions/"));
            case "claim", "claims" -> Optional.of(ground.items().get("/claims/"));
            case "reply_to", "thread", "message" -> Optional.of(ground.items().get("/messages/"));
            case "acknowledge" -> Optional.of(List.of(ground.items().get("/messages/")));
            case "id" -> Optional.of(ground.items().get("/blockers/"));
            default -> Optional.ofNullable(HARMLESS.get(argument));
        };
    }
}
