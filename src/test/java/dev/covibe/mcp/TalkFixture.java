package dev.covibe.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.covibe.coordination.messages.MessageQueries;
import dev.covibe.coordination.messages.Reader;
import dev.covibe.identity.Caller;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.McpClient;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** Two people of one workspace, whose agents talk while they work. */
abstract class TalkFixture {

    private static final String REPOSITORY = "git@github.com:acme/web.git";

    @Inject
    Fixtures fixtures;

    @Inject
    MessageQueries letters;

    @TestHTTPResource("/api/mcp")
    String endpoint;

    Fixtures.Workspace workspace;
    Caller ada;
    String adasToken;

    /** An agent of the admin's, and one of Ada's; each in a session of its own. */
    McpClient codex;

    McpClient claude;

    @BeforeEach
    void freshWorkspace() {
        workspace = fixtures.workspace();
        ada = fixtures.member(workspace, "ada");
        adasToken = fixtures.token(ada);
        codex = open(workspace.token(), "codex");
        claude = open(adasToken, "claude");
    }

    McpClient open(String token, String agent) {
        McpClient client = McpClient.at(endpoint, token).in("session-of-" + agent + "-" + UUID.randomUUID());
        client.done("start_session", Map.of("repository", REPOSITORY, "agent_name", agent));
        return client;
    }

    JsonNode brief(McpClient client) {
        return client.done("start_session", Map.of("repository", REPOSITORY));
    }

    static JsonNode inbox(McpClient client) {
        return client.done("inbox", Map.of());
    }

    static JsonNode say(McpClient client, String to, String text) {
        return client.done("send_message", Map.of("to", List.of(to), "text", text));
    }

    static List<String> texts(JsonNode messages) {
        List<String> texts = new ArrayList<>();
        messages.forEach(message -> texts.add(message.path("text").asText()));
        return texts;
    }

    static void acknowledge(McpClient client, JsonNode message) {
        client.done("inbox", Map.of("acknowledge", List.of(message.path("id").asText())));
    }

    void plan(McpClient client, String title) {
        client.done("plan", Map.of("title", title));
    }

    List<String> person(Caller caller) {
        return letters.unread(caller, Reader.of(caller), 50).messages().stream()
                .map(message -> message.text())
                .toList();
    }
}
