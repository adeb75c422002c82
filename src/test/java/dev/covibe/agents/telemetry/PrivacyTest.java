package dev.covibe.agents.telemetry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * Nothing that a person or a model wrote is ever kept (AGT-2): every vendor's payloads are sent with prompts, answers, tool
 * arguments, file contents, strangers' addresses and paths planted wherever they could hide, and then the whole database
 * and the log are searched for them.
 */
@QuarkusTest
class PrivacyTest {

    private static final String MARKER = "zeppelinsecret";
    private static final String SENTENCE = "Tell nobody about the " + MARKER + " plan";
    private static final String ADDRESS = MARKER + "@stranger.example";
    private static final String PATH = "/home/" + MARKER + "/secret/plan.txt";

    /** Attributes in which vendors send content when they are told to, or did once. */
    private static final List<String> CONTENT = List.of(
            "prompt",
            "user_prompt",
            "response",
            "response_text",
            "request_text",
            "user.email",
            "user.account_uuid",
            "user.id",
            "arguments",
            "function_args",
            "tool_parameters",
            "tool_input",
            "tool_output",
            "output",
            "content",
            "error",
            "error.message",
            "exception.message",
            "exception.stacktrace",
            "cwd",
            "file_path",
            "command",
            "gen_ai.system_instructions",
            "gen_ai.input.messages",
            "gen_ai.output.messages",
            "gen_ai.prompt",
            "gen_ai.completion",
            "process.command_args",
            "host.name");

    /** Attributes that are read, filled with what does not belong there. */
    private static final List<String> MISUSED = List.of(
            "model",
            "tool_name",
            "function_name",
            "error_type",
            "error.type",
            "service.version",
            "app.version",
            "gen_ai.provider.name",
            "gen_ai.tool.name",
            "span.type");

    @Inject
    Fixtures fixtures;

    @Test
    void nothing_that_somebody_wrote_is_found_in_the_database_or_in_the_log() throws SQLException {
        Fixtures.Workspace workspace = fixtures.workspace();
        StringBuilder log = new StringBuilder();
        Handler listening = listening(log);
        Logger.getLogger("").addHandler(listening);
        try {
            for (String evil : List.of(SENTENCE, ADDRESS, PATH)) {
                for (String event : List.of(
                        "claude_code.api_request",
                        "claude_code.api_error",
                        "claude_code.tool_result",
                        "claude_code.user_prompt",
                        "codex.sse_event",
                        "codex.api_request",
                        "codex.tool_result",
                        "codex.user_prompt",
                        "gemini_cli.api_response",
                        "gemini_cli.api_error",
                        "gemini_cli.tool_call",
                        "gemini_cli.user_prompt")) {
                    post(workspace, "logs", logs(event, evil));
                }
                for (String metric : List.of(
                        "claude_code.token.usage",
                        "claude_code.cost.usage",
                        "codex.turn.token_usage",
                        "gemini_cli.token.usage",
                        evil)) {
                    post(workspace, "metrics", metrics(metric, evil));
                }
                for (String span : List.of("claude_code.tool", "claude_code.llm_request", evil)) {
                    post(workspace, "traces", traces(span, evil));
                }
                ingest(workspace, evil);
            }
            broken(workspace);
        } finally {
            Logger.getLogger("").removeHandler(listening);
        }

        assertThat(TestDatabase.count("select count(*) from covibe.usage_events where workspace_id = '%s'"
                        .formatted(workspace.admin().workspaceId())))
                .as("what was sent with it was taken")
                .isGreaterThan(20);
        assertThat(TestDatabase.count("select count(*) from covibe.spans where workspace_id = '%s'"
                        .formatted(workspace.admin().workspaceId())))
                .isGreaterThan(10);
        assertThat(found()).isEmpty();
        assertThat(log.toString()).doesNotContainIgnoringCase(MARKER);
    }

    @Test
    void the_search_would_find_it() throws SQLException {
        Fixtures.Workspace workspace = fixtures.workspace();
        String other = "hidden" + MARKER.toUpperCase();
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.workspaces set name = '%s' where id = '%s'"
                        .formatted(other, workspace.admin().workspaceId()));
        try {
            assertThat(found()).containsExactly("workspaces");
        } finally {
            TestDatabase.execute(
                    TestDatabase.superuser(),
                    "update covibe.workspaces set name = 'Core' where id = '%s'"
                            .formatted(workspace.admin().workspaceId()));
        }
    }

    /** The tables in any column of which the marker stands, in text, arrays, JSON and bytes alike. */
    private static List<String> found() throws SQLException {
        List<String> tables = new ArrayList<>();
        List<String> guilty = new ArrayList<>();
        try (Connection connection = TestDatabase.superuser().connect();
                Statement statement = connection.createStatement()) {
            try (ResultSet names = statement.executeQuery(
                    "select c.relname from pg_class c where c.relnamespace = 'covibe'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet hits = statement.executeQuery(
                        "select count(*) from covibe.%s t where t::text ilike '%%%s%%' or t::text ilike '%%%s%%'"
                                .formatted(table, MARKER, hex()))) {
                    hits.next();
                    if (hits.getLong(1) > 0) {
                        guilty.add(table);
                    }
                }
            }
        }
        assertThat(tables).contains("usage_events", "spans", "agent_sessions", "work_events");
        return guilty;
    }

    private static String hex() {
        return java.util.HexFormat.of().formatHex(MARKER.getBytes());
    }

    private static Handler listening(StringBuilder log) {
        return new Handler() {
            @Override
            public synchronized void publish(LogRecord record) {
                log.append(record.getMessage());
                if (record.getParameters() != null) {
                    log.append(List.of(record.getParameters()));
                }
                if (record.getThrown() != null) {
                    log.append(record.getThrown());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }

    private static String logs(String event, String evil) {
        return """
                {"resourceLogs":[{"resource":{"attributes":[%1$s]},"scopeLogs":[{"scope":{"name":"%2$s"},"logRecords":[
                  {"timeUnixNano":"%3$d","severityText":"%2$s","body":{"stringValue":"%2$s"},"eventName":"%2$s","attributes":[
                    %4$s,%1$s]},
                  {"timeUnixNano":"%3$d","body":{"kvlistValue":{"values":[{"key":"%2$s","value":{"stringValue":"%2$s"}}]}},
                   "attributes":[%4$s,%1$s,%5$s]}]}]}]}
                """.formatted(
                        attributes(CONTENT, evil),
                        evil,
                        nanos(),
                        known(event, "session-" + Math.abs(event.hashCode())),
                        attributes(MISUSED, evil));
    }

    private static String known(String event, String session) {
        return """
                {"key":"event.name","value":{"stringValue":"%s"}},{"key":"session.id","value":{"stringValue":"%s"}},
                {"key":"event.kind","value":{"stringValue":"response.completed"}},
                {"key":"input_tokens","value":{"intValue":"5"}},{"key":"input_token_count","value":{"intValue":"5"}},
                {"key":"http.response.status_code","value":{"intValue":"500"}},{"key":"success","value":{"stringValue":"false"}},
                {"key":"duration_ms","value":{"intValue":"7"}},{"key":"event.sequence","value":{"intValue":"%d"}}""".formatted(event, session, System.nanoTime());
    }

    private static String metrics(String metric, String evil) {
        return """
                {"resourceMetrics":[{"resource":{"attributes":[%1$s]},"scopeMetrics":[{"scope":{"name":"%2$s"},"metrics":[
                  {"name":"%3$s","description":"%2$s","unit":"%2$s","sum":{"aggregationTemporality":1,"dataPoints":[
                    {"startTimeUnixNano":"%4$d","timeUnixNano":"%5$d","asDouble":3,"attributes":[%1$s,%6$s,
                     {"key":"type","value":{"stringValue":"input"}},{"key":"token_type","value":{"stringValue":"input"}}],
                     "exemplars":[{"filteredAttributes":[%1$s]}]}]}}]}]}]}
                """.formatted(
                        attributes(CONTENT, evil),
                        evil,
                        metric,
                        nanos() - 1_000_000_000L,
                        nanos(),
                        attributes(MISUSED, evil) + "," + attributes(List.of("session.id", "conversation.id"), evil));
    }

    private static String traces(String name, String evil) {
        return """
                {"resourceSpans":[{"resource":{"attributes":[%1$s]},"scopeSpans":[{"scope":{"name":"%2$s"},"spans":[
                  {"traceId":"%3$032x","spanId":"%4$016x","name":"%5$s","startTimeUnixNano":"%6$d","endTimeUnixNano":"%7$d",
                   "traceState":"%2$s","attributes":[%1$s,%8$s],"status":{"code":2,"message":"%2$s"},
                   "events":[{"name":"%2$s","attributes":[%1$s]}],"links":[{"attributes":[%1$s]}]},
                  {"traceId":"%3$032x","spanId":"%9$016x","name":"%5$s","startTimeUnixNano":"%6$d","endTimeUnixNano":"%7$d",
                   "attributes":[%1$s,{"key":"session.id","value":{"stringValue":"s-1"}}]}]}]}]}
                """.formatted(
                        attributes(CONTENT, evil),
                        evil,
                        System.nanoTime(),
                        System.nanoTime(),
                        name,
                        nanos(),
                        nanos() + 5_000_000,
                        attributes(MISUSED, evil),
                        System.nanoTime());
    }

    private static void ingest(Fixtures.Workspace workspace, String evil) {
        String everywhere = String.join(
                ",",
                CONTENT.stream()
                        .map(name -> "\"" + name + "\":\"" + evil + "\"")
                        .toList());
        String body = """
                {"comment":"%1$s","items":[
                  {"kind":"usage","id":"%1$s","at":"%2$s","session":"j-1","model":"%1$s","input_tokens":3,"error_class":"%1$s","status":"error",%3$s,"nested":{"prompt":"%1$s"}},
                  {"kind":"usage","id":"%1$s 2","at":"%2$s","model":"m","input_tokens":"%1$s"},
                  {"kind":"usage","id":"%1$s 3","at":"%1$s","agent":"%1$s"},
                  {"kind":"%1$s"},
                  {"kind":"span","trace_id":"%4$032x","span_id":"%4$016x","at":"%2$s","tool":"%1$s","model":"%1$s","session":"j-1",%3$s},
                  {"kind":"session_start","session":"j-2","at":"%2$s","repository":"/home/%5$s/x","agent_version":"%1$s","model":"%1$s"},
                  {"kind":"session_start","session":"%1$s","at":"%2$s"}]}
                """.formatted(evil, Instant.now(), everywhere, System.nanoTime(), MARKER);
        String answer = given().header("Authorization", workspace.bearer())
                .contentType("application/json")
                .body(body)
                .post("/api/ingest")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(answer).as("nor is it sent back").doesNotContainIgnoringCase(MARKER);
    }

    /** What fails is not logged with its content either. */
    private static void broken(Fixtures.Workspace workspace) {
        for (String address : List.of("/api/ingest", "/api/otlp/v1/logs", "/api/otlp/v1/metrics")) {
            given().header("Authorization", workspace.bearer())
                    .contentType("application/json")
                    .body("{\"items\":[{\"kind\":\"usage\",\"id\":\"" + SENTENCE)
                    .post(address)
                    .then()
                    .statusCode(400);
        }
    }

    private static void post(Fixtures.Workspace workspace, String signal, String body) {
        String answer = given().header("Authorization", workspace.bearer())
                .contentType("application/json")
                .body(body)
                .post("/api/otlp/v1/" + signal)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(answer).doesNotContainIgnoringCase(MARKER);
    }

    private static String attributes(List<String> keys, String value) {
        return String.join(
                ",",
                keys.stream()
                        .map(key -> "{\"key\":\"" + key + "\",\"value\":{\"stringValue\":\"" + value + "\"}}")
                        .toList());
    }

    private static long nanos() {
        return Instant.now().getEpochSecond() * 1_000_000_000L;
    }
}
