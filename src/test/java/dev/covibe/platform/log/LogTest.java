package dev.covibe.platform.log;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.identity.Caller;
import dev.covibe.platform.crypto.Secrets;
import dev.covibe.platform.crypto.TokenText;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.McpClient;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PLT-11: what a hosted server writes, and what it never does. */
@QuarkusTest
@TestProfile(LogTest.Hosted.class)
class LogTest {

    public static final class Hosted implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "covibe.log",
                    "json",
                    "covibe.log-requests",
                    "true",
                    "google.cloud.project",
                    "balloons",
                    "quarkus.log.level",
                    "DEBUG",
                    "quarkus.log.console.level",
                    "FATAL");
        }
    }

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "00-" + TRACE + "-b7ad6b7169203331-01";

    @Inject
    Fixtures fixtures;

    @TestHTTPResource("/api/mcp")
    URI mcp;

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Handler listener = new Listener();

    /** Hears what the console hears, written by the very formatter of the console. */
    private final class Listener extends Handler {
        @Override
        public void publish(LogRecord entry) {
            if (entry.getLoggerName() != null && entry.getLoggerName().startsWith("org.apache.http")) {
                return; // the client of these tests
            }
            lines.add(InitialConfigurator.DELAYED_HANDLER
                    .getHandlers()[0]
                    .getFormatter()
                    .format(ExtLogRecord.wrap(entry)));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void listen() {
        java.util.logging.Logger.getLogger("").addHandler(listener);
    }

    @AfterEach
    void leave() {
        java.util.logging.Logger.getLogger("").removeHandler(listener);
    }

    private List<JsonObject> lines(String logger) {
        return List.copyOf(lines).stream()
                .map(JsonObject::new)
                .filter(line -> line.getString("logger").equals(logger))
                .toList();
    }

    @Test
    void every_line_of_a_request_says_which_request_and_who_asks() {
        Fixtures.Workspace team = fixtures.workspace();
        given().header("Authorization", team.bearer())
                .header("traceparent", PARENT)
                .get("/api/tasks")
                .then()
                .statusCode(200);
        JsonObject line = requestLine();
        assertThat(line.getString("severity")).isEqualTo("INFO");
        assertThat(line.getString("message")).matches("GET /api/tasks 200 \\d+ ms");
        assertThat(line.getString("time")).matches("2\\d{3}-\\d\\d-\\d\\dT.*Z");
        assertThat(line.getString("logging.googleapis.com/trace")).isEqualTo("projects/balloons/traces/" + TRACE);
        assertThat(line.getString("logging.googleapis.com/spanId")).isEqualTo("b7ad6b7169203331");
        assertThat(line.getJsonObject("logging.googleapis.com/labels").getMap()).isEqualTo(labels(team.admin()));
    }

    private static Map<String, Object> labels(Caller caller) {
        return Map.of(
                "tenant", caller.place().tenantId().toString(),
                "workspace", caller.workspaceId().toString(),
                "developer", caller.developerId().toString());
    }

    private JsonObject requestLine() {
        for (int i = 0; i < 100; i++) {
            List<JsonObject> found = lines("dev.covibe.requests");
            if (!found.isEmpty()) {
                return found.getLast();
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
        }
        throw new AssertionError("No line about the request in " + lines);
    }

    @Test
    void a_trace_of_google_cloud_is_taken_up() {
        given().header("X-Cloud-Trace-Context", TRACE + "/123;o=1").get("/auth/signed-out");
        assertThat(requestLine().getString("logging.googleapis.com/trace")).endsWith("/" + TRACE);
    }

    @Test
    void a_failing_tool_leaves_the_trace_that_its_answer_carries_and_the_session_that_called() {
        Fixtures.Workspace team = fixtures.workspace();
        McpClient agent = McpClient.at(mcp.toString(), team.token());
        String session = agent.done("start_session", Map.of("repository", "github.com/acme/web"))
                .path("session")
                .path("id")
                .asText();
        agent.done("plan", Map.of("title", "Fill the balloon"));
        // Something that nobody foresaw: a table of the journal is suddenly closed to the server.
        TestDatabase.execute(TestDatabase.superuser(), "revoke insert on covibe.work_events from covibe_app");
        McpClient.Result failed;
        try {
            failed = agent.call("log", Map.of("kind", "progress", "text", "Halfway", "task", "WEB-1"));
        } finally {
            TestDatabase.execute(TestDatabase.superuser(), "grant insert on covibe.work_events to covibe_app");
        }
        assertThat(failed.text()).startsWith("server.unexpected");
        JsonObject line = lines("dev.covibe.mcp.Toolbox").getLast();
        assertThat(line.getString("severity")).isEqualTo("ERROR");
        assertThat(line.getString("stack_trace")).contains("permission denied");
        String trace = line.getString("logging.googleapis.com/trace").replaceAll(".*/", "");
        assertThat(failed.text()).contains(trace);
        JsonObject labels = line.getJsonObject("logging.googleapis.com/labels");
        assertThat(labels.getString("session")).isEqualTo(session);
        assertThat(labels.getString("developer"))
                .isEqualTo(team.admin().developerId().toString());
    }

    @Test
    void what_opens_a_door_is_never_written_down_wherever_it_was_sent() {
        Fixtures.Workspace team = fixtures.workspace();
        Fixtures.Browser browser = fixtures.browser(team);
        String guessed = TokenText.next();
        String random = Secrets.random();
        String jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJsaW4ifQ.c2lnbmF0dXJlLW9mLXNvbWVib2R5";
        String password = "correct-horse-battery-staple";
        List<String> secrets =
                List.of(team.token(), guessed, random, jwt, password, browser.cookie(), browser.csrf(), "BCDF-2346");
        for (String secret : secrets) {
            String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
            for (String authorization : List.of(team.bearer(), "Bearer " + secret)) {
                given().header("Authorization", authorization).get("/api/tasks?text=" + encoded);
                given().header("Authorization", authorization).get("/api/tasks/" + encoded);
                given().header("Authorization", authorization).get("/api/" + encoded + "/" + encoded);
                for (String body : bodies(secret)) {
                    for (String path : List.of("/api/tasks", "/api/ingest", "/api/setup/device/token", "/api/mcp")) {
                        given().header("Authorization", authorization)
                                .header("X-Note", secret)
                                .header("Accept", "application/json, text/event-stream")
                                .contentType("application/json")
                                .body(body)
                                .post(path);
                    }
                }
            }
            given().cookie("covibe_session", secret).get("/workstreams?x=" + encoded);
            given().redirects()
                    .follow(false)
                    .formParam("email", secret)
                    .formParam("to", "/x?" + encoded)
                    .post("/auth/sign-in");
            given().cookie("covibe_session", browser.cookie())
                    .header("Accept", "text/html")
                    .formParam("csrf", browser.csrf())
                    .formParam("user_code", secret)
                    .post("/setup/authorize");
            given().get("/setup/authorize?user_code=" + encoded);
        }
        Logger.getLogger("dev.covibe.test").errorf(new IllegalStateException("read " + random), "got %s", guessed);
        String all = List.copyOf(lines).stream().collect(Collectors.joining());
        assertThat(all).as("that something was logged at all").contains("/api/tasks");
        for (String secret : secrets) {
            if (!secret.equals(password)) {
                assertThat(all.indexOf(secret))
                        .as(() -> "where the log has " + secret + ": " + around(all, secret))
                        .isNegative();
            }
        }
        // A password has no shape to know it by: it must not stand where bodies and headers would be.
        assertThat(List.copyOf(lines).stream()
                        .filter(line -> line.contains(password))
                        .map(line -> new JsonObject(line).getString("logger"))
                        .filter(logger -> !logger.equals("dev.covibe.requests")))
                .isEmpty();
    }

    private static List<String> bodies(String secret) {
        return List.of(
                "{\"title\": \"" + secret + "\"}",
                "{\"" + secret + "\": 1}",
                "{\"title\": [\"" + secret + "\"]}",
                "{\"device_code\": \"" + secret + "\"}",
                "{\"title\": \"" + secret,
                secret,
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + secret + "\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"log\",\"arguments\":{\"x\":\""
                        + secret + "\"}}}");
    }

    private static String around(String all, String secret) {
        int at = all.indexOf(secret);
        return at < 0 ? "" : all.substring(Math.max(0, at - 300), Math.min(all.length(), at + 200));
    }
}
