package dev.covibe.mcp;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.covibe.agents.usage.UsageQueries;
import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.McpClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an agent says of itself counts as an estimate, until somebody better tells. */
@QuarkusTest
class ReportUsageToolTest {

    private static final Map<String, Object> REPORT =
            Map.of("model", "gpt-5-codex", "input", 1000, "output", 200, "cache_read", 50);

    @Inject
    Fixtures fixtures;

    @Inject
    UsageQueries usage;

    @TestHTTPResource("/api/mcp")
    String endpoint;

    Fixtures.Workspace workspace;
    McpClient agent;

    @BeforeEach
    void freshWorkspace() {
        workspace = fixtures.workspace();
        agent = McpClient.at(endpoint, workspace.token());
    }

    @Test
    void an_agents_own_word_counts_as_an_estimate_in_its_session() {
        UUID session = start();
        assertThat(agent.done("report_usage", REPORT).path("counted").asBoolean())
                .isTrue();

        UsageTotals totals = usage.ofSession(workspace.admin(), session);
        assertThat(totals.tokens()).isEqualTo(1250).isEqualTo(totals.estimatedTokens());
        assertThat(totals.estimatedNanos()).isPositive().isEqualTo(totals.costNanos());
    }

    @Test
    void a_repeated_call_with_one_key_counts_once() {
        start();
        Map<String, Object> keyed = Map.of("model", "gpt-5-codex", "input", 10, "output", 1, "idempotency_key", "k-1");
        agent.done("report_usage", keyed);
        agent.done("report_usage", keyed);

        assertThat(total().tokens()).isEqualTo(11);
    }

    @Test
    void it_counts_nothing_where_telemetry_tells_already_and_is_taken_back_where_telemetry_tells_later() {
        UUID session = start();
        agent.done("report_usage", REPORT);
        given().header("Authorization", workspace.bearer())
                .contentType("application/json")
                .body("""
                        {"items":[{"kind":"usage","id":"1","at":"%s","session_id":"%s","model":"gpt-5-codex","input_tokens":900}]}
                        """.formatted(Instant.now(), session))
                .post("/api/ingest")
                .then()
                .statusCode(200);
        assertThat(total().tokens()).isEqualTo(900);

        assertThat(agent.done("report_usage", REPORT).path("counted").asBoolean())
                .isFalse();
        assertThat(total().tokens()).isEqualTo(900);
        assertThat(total().estimatedNanos().signum()).isZero();
    }

    @Test
    void without_a_session_it_stands_unattributed() {
        assertThat(agent.done("report_usage", REPORT).path("counted").asBoolean())
                .isTrue();
        assertThat(total().tokens()).isEqualTo(1250);
    }

    private UUID start() {
        JsonNode started = agent.done(
                "start_session", Map.of("repository", "https://github.com/acme/web.git", "agent_name", "codex"));
        return UUID.fromString(started.path("session").path("id").asText());
    }

    private UsageTotals total() {
        LocalDate today = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
        return usage.total(workspace.admin(), today.minusDays(1), today.plusDays(1));
    }
}
