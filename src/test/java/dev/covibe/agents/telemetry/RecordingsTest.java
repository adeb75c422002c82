package dev.covibe.agents.telemetry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.agents.usage.UsageQueries;
import dev.covibe.agents.usage.UsageQueries.Grouping;
import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the real programs send is understood, and counted once. */
@QuarkusTest
class RecordingsTest {

    private static final String CLAUDE = "claude-code-2.1.197-";
    private static final String CODEX = "codex-0.169.0-";
    private static final String GEMINI = "gemini-cli-0.61.0-";

    @Inject
    Fixtures fixtures;

    @Inject
    UsageQueries usage;

    Fixtures.Workspace workspace;

    @BeforeEach
    void freshWorkspace() {
        workspace = fixtures.workspace();
        Recordings.keepLong(workspace);
    }

    @Test
    void an_event_of_claude_code_tells_a_call_with_its_cost() {
        json("logs", CLAUDE + "logs.json");

        UsageTotals totals = totals();
        assertThat(totals.calls()).isEqualTo(1);
        assertThat(totals.inputTokens()).isEqualTo(12);
        assertThat(totals.outputTokens()).isEqualTo(78);
        assertThat(totals.cacheReadTokens()).isEqualTo(5600);
        assertThat(totals.cacheWriteTokens()).isEqualTo(340);
        assertThat(totals.reportedNanos()).isEqualTo(BigInteger.valueOf(6_935_000));
        assertThat(totals.costNanos()).isEqualTo(totals.reportedNanos());
        assertThat(totals.timedCalls()).isEqualTo(1);
        assertThat(usage.grouped(workspace.admin(), Recordings.DAY, Recordings.DAY, Grouping.AGENT))
                .singleElement()
                .satisfies(group -> assertThat(group.label()).isEqualTo("Claude Code"));
    }

    @Test
    void metrics_of_claude_code_fill_in_where_no_events_are_sent() {
        json("metrics", CLAUDE + "metrics.json");

        UsageTotals totals = totals();
        assertThat(totals.calls()).isZero();
        assertThat(totals.tokens()).isEqualTo(12 + 78 + 5600 + 340);
        assertThat(totals.reportedNanos()).isEqualTo(BigInteger.valueOf(6_935_000));
        assertThat(totals.unpricedTokens()).isZero();
    }

    @Test
    void events_and_metrics_of_one_session_count_once_whichever_comes_first() {
        json("metrics", CLAUDE + "metrics.json");
        json("logs", CLAUDE + "logs.json");
        String metricsFirst = daily(workspace);

        Fixtures.Workspace other = fixtures.workspace();
        Recordings.keepLong(other);
        send(other, "logs", Recordings.read(CLAUDE + "logs.json"), "application/json");
        send(other, "metrics", Recordings.read(CLAUDE + "metrics.json"), "application/json");

        assertThat(metricsFirst).isEqualTo(daily(other)).isNotEmpty();
        assertThat(totals().tokens()).isEqualTo(12 + 78 + 5600 + 340);
        assertThat(count("agent_sessions")).isEqualTo(1);
    }

    @Test
    void what_is_sent_twice_counts_once() {
        for (int i = 0; i < 2; i++) {
            json("logs", CLAUDE + "logs.json");
            json("metrics", CLAUDE + "metrics.json");
            json("traces", CLAUDE + "traces.json");
        }

        assertThat(totals().calls()).isEqualTo(1);
        assertThat(count("spans")).isEqualTo(2);
    }

    @Test
    void spans_of_claude_code_become_a_turn_and_a_request() {
        json("traces", CLAUDE + "traces.json");

        assertThat(TestDatabase.text("""
                        select string_agg(operation || ' ' || coalesce(model, '-') || ' ' || status, ', ' order by at)
                          from covibe.spans where workspace_id = '%s'
                        """.formatted(workspace.admin().workspaceId())))
                .isEqualTo("turn - ok, chat claude-opus-4-8[1m] ok");
    }

    @Test
    void codex_tells_its_tokens_with_the_cached_ones_among_the_input() {
        assertThat(send(workspace, "logs", Recordings.read(CODEX + "logs.bin"), "application/x-protobuf")
                        .contentType())
                .isEqualTo("application/x-protobuf");

        UsageTotals totals = totals();
        assertThat(totals.calls()).isEqualTo(1);
        assertThat(totals.inputTokens()).isEqualTo(2000);
        assertThat(totals.cacheReadTokens()).isEqualTo(7000);
        assertThat(totals.outputTokens()).isEqualTo(210);
        assertThat(totals.reasoningTokens()).isEqualTo(90);
        assertThat(totals.computedNanos()).isPositive();
    }

    @Test
    void nameless_metrics_of_codex_count_until_its_events_are_seen() {
        send(workspace, "metrics", Recordings.read(CODEX + "metrics.bin"), "application/x-protobuf");
        UsageTotals metrics = totals();
        assertThat(metrics.tokens()).isEqualTo(9210);
        assertThat(metrics.inputTokens()).isEqualTo(2000);
        assertThat(metrics.cacheReadTokens()).isEqualTo(7000);
        assertThat(metrics.reasoningTokens()).isEqualTo(90);

        send(workspace, "logs", Recordings.read(CODEX + "logs.bin"), "application/x-protobuf");
        assertThat(totals().tokens()).isEqualTo(9210);
        assertThat(totals().calls()).isEqualTo(1);
        assertThat(totals().costNanos()).isEqualTo(metrics.costNanos());
    }

    @Test
    void gemini_counts_cached_tokens_in_its_input_and_thoughts_beside_its_output() {
        json("metrics", GEMINI + "metrics.json");
        UsageTotals metrics = totals();
        json("logs", GEMINI + "logs.json");
        json("traces", GEMINI + "traces.json");

        UsageTotals totals = totals();
        assertThat(totals.inputTokens()).isEqualTo(300).isEqualTo(metrics.inputTokens());
        assertThat(totals.cacheReadTokens()).isEqualTo(100).isEqualTo(metrics.cacheReadTokens());
        assertThat(totals.outputTokens()).isEqualTo(50).isEqualTo(metrics.outputTokens());
        assertThat(totals.reasoningTokens()).isEqualTo(20).isEqualTo(metrics.reasoningTokens());
        assertThat(totals.calls()).isEqualTo(1);
        assertThat(totals.costNanos()).isEqualTo(metrics.costNanos());
    }

    @Test
    void a_compressed_body_is_read() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(Recordings.read(CLAUDE + "logs.json"));
        }
        given().header("Authorization", workspace.bearer())
                .header("Content-Encoding", "gzip")
                .contentType("application/json")
                .body(compressed.toByteArray())
                .post("/api/otlp/v1/logs")
                .then()
                .statusCode(200);

        assertThat(totals().calls()).isEqualTo(1);
    }

    private void json(String signal, String recording) {
        assertThat(send(workspace, signal, Recordings.read(recording), "application/json")
                        .asString())
                .isEqualTo("{}");
    }

    private static Response send(Fixtures.Workspace workspace, String signal, byte[] body, String type) {
        Response answer = given().header("Authorization", workspace.bearer())
                .contentType(type)
                .body(body)
                .post("/api/otlp/v1/" + signal);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer;
    }

    private UsageTotals totals() {
        return usage.total(workspace.admin(), Recordings.DAY, Recordings.DAY);
    }

    private static String daily(Fixtures.Workspace workspace) {
        return TestDatabase.text("""
                select coalesce(string_agg((to_jsonb(d) - 'workspace_id' - 'developer_id')::text, e'\n'
                                           order by (to_jsonb(d) - 'workspace_id' - 'developer_id')::text), '')
                  from covibe.usage_daily d where workspace_id = '%s'
                """.formatted(workspace.admin().workspaceId()));
    }

    private long count(String table) {
        return TestDatabase.count("select count(*) from covibe.%s where workspace_id = '%s'"
                .formatted(table, workspace.admin().workspaceId()));
    }
}
