package dev.covibe.agents.telemetry;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.covibe.agents.usage.UsageQueries;
import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.identity.AgentType;
import dev.covibe.identity.Tokens;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.Upload;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OTLP as it may also come: both encodings, both temporalities, resets, and everything that can be wrong with it. */
@QuarkusTest
class OtlpTest {

    private static final String PROTOBUF = "application/x-protobuf";

    @Inject
    Fixtures fixtures;

    @Inject
    UsageQueries usage;

    @Inject
    Tokens tokens;

    private final Instant now = Instant.now().minusSeconds(3600);

    Fixtures.Workspace workspace;

    @BeforeEach
    void freshWorkspace() {
        workspace = fixtures.workspace();
    }

    @Test
    void a_cumulative_counter_counts_its_differences_in_any_order_and_begins_anew_after_a_reset() {
        assertTaken(metrics(cumulative(0, 60, 100)));
        assertTaken(metrics(cumulative(0, 180, 250)));
        assertTaken(metrics(cumulative(0, 120, 180)));
        assertTaken(metrics(cumulative(0, 120, 180)));
        assertTaken(metrics(cumulative(200, 260, 40)));

        assertThat(totals().inputTokens()).isEqualTo(290);
    }

    @Test
    void a_delta_counts_once_however_often_it_is_sent() {
        assertTaken(metrics(delta(0, 60, 100)));
        assertTaken(metrics(delta(60, 120, 50)));
        assertTaken(metrics(delta(0, 60, 100)));

        assertThat(totals().inputTokens()).isEqualTo(150);
    }

    @Test
    void the_good_points_of_a_request_are_kept_and_the_others_named() throws IOException {
        Response answer = post(
                "metrics",
                metrics(
                                delta(0, 60, 100),
                                delta(60, 120, -1),
                                delta(120, 90_000, 5),
                                point(0, 60, 7, AggregationTemporality.AGGREGATION_TEMPORALITY_UNSPECIFIED))
                        .toByteArray(),
                PROTOBUF);

        assertThat(answer.contentType()).isEqualTo(PROTOBUF);
        var partial =
                ExportMetricsServiceResponse.parseFrom(answer.asByteArray()).getPartialSuccess();
        assertThat(partial.getRejectedDataPoints()).isEqualTo(3);
        assertThat(partial.getErrorMessage()).contains("is negative").contains("10 minutes ahead");
        assertThat(totals().inputTokens()).isEqualTo(100);
    }

    @Test
    void unknown_metrics_are_ignored_and_said_to_be() {
        Response answer = post("metrics", """
                {"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"kitchen.fridge.temperature","gauge":{"dataPoints":[
                  {"timeUnixNano":"%d","asDouble":4.5}]}}]}]}]}
                """.formatted(nanos(0)).getBytes(), "application/json");

        assertThat(answer.jsonPath().getString("partialSuccess.rejectedDataPoints"))
                .isEqualTo("0");
        assertThat(answer.jsonPath().getString("partialSuccess.errorMessage")).contains("Ignored 1 points");
    }

    @Test
    void negative_counts_of_an_event_are_refused_and_the_other_events_kept() {
        String good = event("good", 5);
        String bad = event("bad", -5);
        Response answer = post(
                "logs",
                ("{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[" + good + "," + bad + "]}]}]}").getBytes(),
                "application/json");

        assertThat(answer.jsonPath().getString("partialSuccess.rejectedLogRecords"))
                .isEqualTo("1");
        assertThat(totals().inputTokens()).isEqualTo(5);
        assertThat(totals().calls()).isEqualTo(1);
    }

    @Test
    void a_typed_token_knows_better_than_the_payload() {
        String cursor = tokens.mint(
                        workspace.admin(), "c", Optional.of(AgentType.CURSOR), Optional.empty(), "127.0.0.1")
                .text();
        given().header("Authorization", "Bearer " + cursor)
                .contentType(PROTOBUF)
                .body(metrics(delta(0, 60, 100)).toByteArray())
                .post("/api/otlp/v1/metrics")
                .then()
                .statusCode(200);

        LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        assertThat(usage.grouped(workspace.admin(), day, day.plusDays(1), UsageQueries.Grouping.AGENT))
                .extracting(UsageQueries.Group::label)
                .containsExactly("Cursor");
    }

    @Test
    void broken_bodies_wrong_types_and_bombs_are_refused_as_a_whole() throws IOException {
        refused("not protobuf at all".getBytes(), PROTOBUF, "identity", 400, "request.malformed");
        refused("{\"resourceMetrics\":".getBytes(), "application/json", "identity", 400, "request.malformed");
        refused("[]".getBytes(), "application/json", "identity", 400, "request.malformed");
        refused("<metrics/>".getBytes(), "text/xml", "identity", 415, "request.media-type");
        refused(new byte[] {1, 2, 3}, PROTOBUF, "gzip", 400, "request.malformed");
        refused(new byte[] {1, 2, 3}, PROTOBUF, "zstd", 415, "request.media-type");
        Upload.assertTooLarge("/api/otlp/v1/metrics", workspace.bearer(), PROTOBUF);
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[64 * 1024 * 1024]);
        }
        refused(bomb.toByteArray(), PROTOBUF, "gzip", 413, "request.too-large");
    }

    private void refused(byte[] body, String type, String compression, int status, String code) {
        given().header("Authorization", workspace.bearer())
                .header("Content-Encoding", compression)
                .config(io.restassured.RestAssured.config()
                        .encoderConfig(io.restassured.config.EncoderConfig.encoderConfig()
                                .encodeContentTypeAs("text/xml", io.restassured.http.ContentType.TEXT)))
                .contentType(type)
                .body(body)
                .post("/api/otlp/v1/metrics")
                .then()
                .statusCode(status)
                .body("code", equalTo(code))
                .body("detail", containsString(" "));
    }

    private String event(String id, int tokens) {
        return """
                {"timeUnixNano":"%d","attributes":[{"key":"event.name","value":{"stringValue":"claude_code.api_request"}},
                 {"key":"session.id","value":{"stringValue":"s-1"}},{"key":"request_id","value":{"stringValue":"%s"}},
                 {"key":"model","value":{"stringValue":"claude-sonnet-4-5"}},{"key":"input_tokens","value":{"intValue":"%d"}}]}
                """.formatted(nanos(0), id, tokens);
    }

    private void assertTaken(ExportMetricsServiceRequest request) {
        assertThat(post("metrics", request.toByteArray(), PROTOBUF).asByteArray())
                .isEmpty();
    }

    private Response post(String signal, byte[] body, String type) {
        Response answer = given().header("Authorization", workspace.bearer())
                .contentType(type)
                .body(body)
                .post("/api/otlp/v1/" + signal);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return answer;
    }

    private static ExportMetricsServiceRequest metrics(Metric... metrics) {
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .addScopeMetrics(ScopeMetrics.newBuilder().addAllMetrics(java.util.List.of(metrics))))
                .build();
    }

    private Metric delta(int from, int to, long tokens) {
        return point(from, to, tokens, AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA);
    }

    private Metric cumulative(int from, int to, long tokens) {
        return point(from, to, tokens, AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
    }

    private Metric point(int from, int to, long tokens, AggregationTemporality temporality) {
        return Metric.newBuilder()
                .setName("gemini_cli.token.usage")
                .setSum(Sum.newBuilder()
                        .setAggregationTemporality(temporality)
                        .setIsMonotonic(true)
                        .addDataPoints(NumberDataPoint.newBuilder()
                                .setStartTimeUnixNano(nanos(from))
                                .setTimeUnixNano(nanos(to))
                                .setAsInt(tokens)
                                .addAttributes(attribute("session.id", "g-1"))
                                .addAttributes(attribute("model", "gemini-2.5-pro"))
                                .addAttributes(attribute("type", "input"))))
                .build();
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private long nanos(int seconds) {
        return (now.getEpochSecond() + seconds) * 1_000_000_000L;
    }

    private UsageTotals totals() {
        LocalDate day = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return usage.total(workspace.admin(), day.minusDays(1), day.plusDays(2));
    }
}
