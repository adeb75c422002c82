package dev.covibe.ops;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.McpClient;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** PLT-11: what an operator sees, on a port of its own. */
@QuarkusTest
class MetricsTest {

    private static final Pattern NAMED = Pattern.compile("`((?:covibe|http|agroal|jvm|process|system)_[a-z_]+)");

    @Inject
    Fixtures fixtures;

    @TestHTTPResource("/api/mcp")
    URI mcp;

    @TestHTTPResource(value = "/metrics", management = true)
    URI metrics;

    @Test
    void metrics_are_on_the_management_port_alone_and_probes_on_the_public_one() {
        given().get(metrics).then().statusCode(200);
        int status = given().header("Authorization", fixtures.workspace().bearer())
                .get("/q/metrics")
                .statusCode();
        assertThat(status).isEqualTo(404);
        given().get("/q/health/ready").then().statusCode(200);
        given().get("/q/health/live").then().statusCode(200);
    }

    @Test
    void every_metric_that_the_docs_name_is_there_and_none_names_a_company_or_a_person() throws IOException {
        Fixtures.Workspace team = fixtures.workspace();
        McpClient agent = McpClient.at(mcp.toString(), team.token());
        agent.done("find_work", Map.of("view", "all"));
        agent.call("take_task", Map.of("task", "WEB-999"));
        agent.done("plan", Map.of("title", "Fill the balloon"));
        given().header("Authorization", team.bearer())
                .contentType("application/json")
                .body("{\"items\":[{\"kind\":\"usage\",\"id\":\"1\",\"at\":\"" + Instant.now()
                        + "\",\"model\":\"m\",\"input_tokens\":5}]}")
                .post("/api/ingest")
                .then()
                .statusCode(200);
        String scraped = given().get(metrics).asString();
        assertThat(scraped)
                .containsPattern(
                        "covibe_mcp_calls_seconds_count\\{[^}]*outcome=\"ok\"[^}]*tool=\"find_work\"[^}]*} [1-9]")
                .containsPattern(
                        "covibe_mcp_calls_seconds_count\\{[^}]*outcome=\"refused\"[^}]*tool=\"take_task\"[^}]*} [1-9]")
                .containsPattern("covibe_overlap_check_seconds_count[^ ]* [1-9]")
                .containsPattern("covibe_ingest_items_total\\{[^}]*status=\"accepted\"[^}]*} [1-9]")
                .containsPattern("covibe_bus_listening[^ ]* 1")
                .containsPattern("http_server_requests_seconds_count\\{[^}]*uri=\"/api/ingest\"");
        String docs = Files.readString(Path.of("docs", "operations", "metrics.md"));
        assertThat(NAMED.matcher(docs).results().map(match -> match.group(1)).distinct())
                .hasSizeGreaterThan(15)
                // These two count what does not happen in a good run.
                .filteredOn(name -> !name.endsWith("_refused_total"))
                .allMatch(scraped::contains);
        assertThat(scraped)
                .doesNotContain(team.admin().place().tenantId().toString())
                .doesNotContain(team.admin().workspaceId().toString())
                .doesNotContain(team.admin().handle());
    }
}
