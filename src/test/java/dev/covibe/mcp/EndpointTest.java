package dev.covibe.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.covibe.identity.Tokens;
import dev.covibe.platform.crypto.TokenText;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.McpClient;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The endpoint below its tools: who may, what is JSON-RPC, and that no instance's memory is needed (MCP-1). */
@QuarkusTest
class EndpointTest {

    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

    @Inject
    Fixtures fixtures;

    @Inject
    Tokens tokens;

    @TestHTTPResource("/api/mcp")
    String endpoint;

    Fixtures.Workspace workspace;
    McpClient client;

    @BeforeEach
    void freshWorkspace() {
        workspace = fixtures.workspace();
        client = McpClient.at(endpoint, workspace.token());
    }

    @Test
    void every_bad_token_gets_the_same_401() {
        String expired = token("update covibe.mcp_tokens set expires_at = now() - interval '1 second'");
        String revoked = token("update covibe.mcp_tokens set revoked_at = now()");
        List<McpClient> bad = List.of(
                client.with("Authorization", ""),
                client.with("Authorization", "Basic bGluOnNlY3JldA=="),
                client.with("Authorization", "Bearer"),
                McpClient.at(endpoint, "nonsense"),
                McpClient.at(endpoint, TokenText.next()),
                McpClient.at(endpoint, expired),
                McpClient.at(endpoint, revoked),
                client.with("Authorization", "")
                        .with(
                                "Cookie",
                                "covibe_session=" + fixtures.browser(workspace).cookie()));

        for (McpClient caller : bad) {
            HttpResponse<String> response = caller.post(PING);
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().firstValue("WWW-Authenticate"))
                    .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
            JsonNode problem = McpClient.read(response.body());
            assertThat(problem.path("code").asText()).isEqualTo("identity.unauthenticated");
            assertThat(problem.path("detail").asText())
                    .isEqualTo("Sign in, or send a valid token: Authorization: Bearer cvb_…");
        }
    }

    private String token(String spoil) {
        Tokens.Minted minted = tokens.mint(workspace.admin(), "bad", Optional.empty(), Optional.empty(), "127.0.0.1");
        TestDatabase.execute(TestDatabase.superuser(), spoil + " where id = '" + minted.id() + "'");
        return minted.text();
    }

    @Test
    void a_revoked_token_is_dead_in_the_middle_of_a_session() {
        Tokens.Minted minted =
                tokens.mint(workspace.admin(), "soon gone", Optional.empty(), Optional.empty(), "127.0.0.1");
        McpClient agent = McpClient.at(endpoint, minted.text());
        McpClient inSession = agent.in(agent.initialize());
        assertThat(inSession.post(PING).statusCode()).isEqualTo(200);

        tokens.revoke(workspace.admin(), minted.id(), "127.0.0.1");

        assertThat(inSession.post(PING).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"})
    void every_revision_that_the_library_speaks_is_negotiated(String revision) {
        JsonNode greeted = client.request(
                        "initialize",
                        Map.of(
                                "protocolVersion", revision,
                                "capabilities", Map.of(),
                                "clientInfo", Map.of("name", "test", "version", "1")))
                .path("result");

        assertThat(greeted.path("protocolVersion").asText()).isEqualTo(revision);
        assertThat(greeted.path("serverInfo").path("name").asText()).isEqualTo("covibe");
        assertThat(greeted.path("instructions").asText()).isEqualTo(Instructions.TEXT);
        assertThat(greeted.path("capabilities").has("tools")).isTrue();
        assertThat(client.with("MCP-Protocol-Version", revision).post(PING).statusCode())
                .isEqualTo(200);
    }

    @Test
    void no_memory_of_an_instance_is_needed() {
        McpClient stranger = client.in("greeted-by-another-process");

        assertThat(stranger.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}")
                        .statusCode())
                .isEqualTo(202);
        assertThat(stranger.request("tools/list", Map.of()).path("result").path("tools"))
                .hasSize(14);
        assertThat(stranger.done("find_work", Map.of("view", "all"))
                        .path("total")
                        .asInt())
                .isZero();
        assertThat(client.done("find_work", Map.of("view", "all")).path("total").asInt())
                .isZero();
    }

    @Test
    void there_is_no_stream_to_listen_on_and_no_session_to_delete() {
        for (String method : List.of("GET", "DELETE", "PUT")) {
            for (McpClient caller : List.of(client, client.in("any"), client.in(client.initialize()))) {
                HttpResponse<String> response = caller.send(method, "");
                assertThat(response.statusCode()).as(method).isEqualTo(405);
                assertThat(response.headers().firstValue("Allow")).contains("POST");
            }
        }
        assertThat(McpClient.at(endpoint + "/sse", workspace.token())
                        .send("GET", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(McpClient.at(endpoint + "/messages/1", workspace.token())
                        .post(PING)
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "                                                                    | -32700",
                "{\"jsonrpc\":                                                       | -32700",
                "nonsense                                                            | -32700",
                "5                                                                   | -32600",
                "\"ping\"                                                            | -32600",
                "null                                                                | -32700",
                "[]                                                                  | -32600",
                "[5]                                                                 | -32600",
                "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"},null]           | -32600",
                "{}                                                                  | -32600",
                "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}                  | -32600",
                "{\"jsonrpc\":2.0,\"id\":1,\"method\":\"ping\"}                      | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}               | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}                 | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":[1],\"method\":\"ping\"}                | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1}                                      | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":5}                         | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}    | -32600",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":\"x\"} | -32600",
                "{\"jsonrpc\":\"2.0\",\"result\":{}}                                 | -32600",
            })
    void what_is_no_message_is_refused_with_400_and_its_own_code(String body, int code) {
        HttpResponse<String> response = client.post(body == null ? "" : body);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        JsonNode answer = McpClient.read(response.body());
        assertThat(answer.path("jsonrpc").asText()).isEqualTo("2.0");
        assertThat(answer.path("error").path("code").asInt())
                .as(response.body())
                .isEqualTo(code);
        assertThat(answer.path("error").path("message").asText()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "\"tools/call\"                                                                          | -32602",
                "\"tools/call\",\"params\":{}                                                            | -32602",
                "\"tools/call\",\"params\":{\"name\":5}                                                  | -32602",
                "\"tools/call\",\"params\":{\"name\":\"nope\"}                                           | -32602",
                "\"tools/call\",\"params\":{\"name\":\"plan\",\"arguments\":[]}                          | -32602",
                "\"tools/call\",\"params\":{\"name\":\"plan\",\"arguments\":\"x\"}                       | -32602",
                "\"tools/call\",\"params\":{\"name\":\"plan\",\"_meta\":5}                               | -32602",
                "\"tools/list\",\"params\":{\"cursor\":5}                                                | -32602",
                "\"prompts/get\",\"params\":{}                                                           | -32602",
                "\"resources/read\",\"params\":{\"uri\":1}                                               | -32602",
                "\"logging/setLevel\"                                                                    | -32602",
                "\"completion/complete\",\"params\":{\"ref\":{\"type\":1},\"argument\":{\"name\":\"a\",\"value\":\"\"}} | -32602",
                "\"initialize\"                                                                          | -32602",
                "\"initialize\",\"params\":{\"protocolVersion\":1,\"clientInfo\":{\"name\":\"x\"}}       | -32602",
                "\"initialize\",\"params\":{\"protocolVersion\":\"2025-06-18\",\"clientInfo\":{}}        | -32602",
                "\"no/such\"                                                                             | -32601",
            })
    void a_message_that_asks_for_the_impossible_gets_an_error_with_its_id(String rest, int code) {
        HttpResponse<String> response = client.post("{\"jsonrpc\":\"2.0\",\"id\":\"a-7\",\"method\":" + rest + "}");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode answer = McpClient.read(response.body());
        assertThat(answer.path("id").asText()).isEqualTo("a-7");
        assertThat(answer.path("error").path("code").asInt())
                .as(response.body())
                .isEqualTo(code);
    }

    @Test
    void a_tool_called_without_arguments_names_what_it_needs() {
        HttpResponse<String> response =
                client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"plan\"}}");

        assertThat(McpClient.read(response.body())
                        .path("result")
                        .path("content")
                        .path(0)
                        .path("text")
                        .asText())
                .startsWith("arguments.invalid: title is missing");
    }

    @Test
    void answers_and_news_are_accepted_silently() {
        for (String body : List.of(
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":99}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/roots/list_changed\"}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/made-up\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":{}}")) {
            HttpResponse<String> response = client.post(body);
            assertThat(response.statusCode()).as(body + " " + response.body()).isEqualTo(202);
        }
    }

    @Test
    void a_batch_of_the_revision_that_has_them_is_answered_message_by_message() {
        String call = "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"find_work\","
                + "\"arguments\":{\"view\":\"all\"}}}";
        HttpResponse<String> response = client.with("MCP-Protocol-Version", "2025-03-26")
                .post("[" + call.formatted(1) + "," + call.formatted(2) + "," + PING.replace("1,", "3,") + "]");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        for (int id = 1; id <= 3; id++) {
            assertThat(response.body()).contains("\"id\":" + id);
        }
        assertThat(response.body().split("\"total\":0", -1)).hasSize(3);
    }

    @Test
    void a_body_that_is_too_large_is_refused_before_it_is_read() {
        HttpResponse<String> response = client.post("{\"x\":\"" + "a".repeat(2 * 1024 * 1024) + "\"}");

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(McpClient.read(response.body()).path("code").asText()).isEqualTo("request.too-large");
    }

    @Test
    void what_a_client_accepts_and_speaks_is_checked_in_plain_words() {
        assertThat(client.with("Accept", "text/html").post(PING).statusCode()).isEqualTo(406);
        assertThat(client.with("Accept", "*/*").post(PING).statusCode()).isEqualTo(200);
        assertThat(client.with("Accept", "").post(PING).statusCode()).isEqualTo(200);
        HttpResponse<String> old =
                client.with("MCP-Protocol-Version", "1999-01-01").post(PING);
        assertThat(old.statusCode()).isEqualTo(400);
        assertThat(McpClient.read(old.body()).path("error").path("message").asText())
                .contains("2025-11-25");
        assertThat(client.with("Origin", "https://evil.example").post(PING).statusCode())
                .isEqualTo(403);
    }
}
