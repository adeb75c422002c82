package dev.covibe.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A plain MCP client over Streamable HTTP: what it sends is what a test says, and nothing is hidden. */
public final class McpClient {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI endpoint;
    private final Map<String, String> headers;
    private final AtomicInteger ids = new AtomicInteger();

    private McpClient(URI endpoint, Map<String, String> headers) {
        this.endpoint = endpoint;
        this.headers = headers;
    }

    public static McpClient at(String endpoint, String token) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", "Bearer " + token);
        headers.put("Content-Type", "application/json");
        headers.put("Accept", "application/json, text/event-stream");
        return new McpClient(URI.create(endpoint), headers);
    }

    /** The same client with one header set, or left out when the value is empty. */
    public McpClient with(String header, String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.remove(header);
        if (!value.isEmpty()) {
            changed.put(header, value);
        }
        return new McpClient(endpoint, changed);
    }

    /** The same client in a protocol session. */
    public McpClient in(String mcpSession) {
        return with("Mcp-Session-Id", mcpSession);
    }

    /** A tool's answer: {@code structured} is missing on errors. */
    public record Result(boolean isError, String text, JsonNode structured) {

        /** The refusal's code, which the text begins with. */
        public String code() {
            return text.substring(0, Math.max(0, text.indexOf(':')));
        }

        /** The next call that a refusal asks for. */
        public String next() {
            return text.lines()
                    .filter(line -> line.startsWith("next: "))
                    .findFirst()
                    .orElse("");
        }
    }

    public Result call(String tool, Map<String, ?> arguments) {
        JsonNode answer = request("tools/call", Map.of("name", tool, "arguments", arguments));
        JsonNode result = answer.path("result");
        if (result.isMissingNode()) {
            throw new AssertionError("A protocol error instead of a result: " + answer);
        }
        return new Result(
                result.path("isError").asBoolean(),
                result.path("content").path(0).path("text").asText(),
                result.path("structuredContent"));
    }

    /** Like {@link #call}, and the tool must not refuse. */
    public JsonNode done(String tool, Map<String, ?> arguments) {
        Result result = call(tool, arguments);
        if (result.isError()) {
            throw new AssertionError(result.text());
        }
        return result.structured();
    }

    /** The whole JSON-RPC answer. */
    public JsonNode request(String method, Map<String, ?> params) {
        HttpResponse<String> response =
                post(write(Map.of("jsonrpc", "2.0", "id", ids.incrementAndGet(), "method", method, "params", params)));
        if (response.statusCode() != 200) {
            throw new AssertionError(method + " answered " + response.statusCode() + " " + response.body());
        }
        return read(response.body());
    }

    /** The protocol session that the server opens. */
    public String initialize() {
        HttpResponse<String> response = post(write(Map.of(
                "jsonrpc",
                "2.0",
                "id",
                ids.incrementAndGet(),
                "method",
                "initialize",
                "params",
                Map.of(
                        "protocolVersion",
                        "2025-11-25",
                        "capabilities",
                        Map.of(),
                        "clientInfo",
                        Map.of("name", "test", "version", "1")))));
        return Optional.of(response)
                .flatMap(greeted -> greeted.headers().firstValue("Mcp-Session-Id"))
                .orElseThrow(() -> new AssertionError(response.body()));
    }

    public HttpResponse<String> post(String body) {
        return send("POST", body);
    }

    public HttpResponse<String> send(String method, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint).method(method, BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    public static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException unreadable) {
            throw new AssertionError("Not JSON: " + json, unreadable);
        }
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
