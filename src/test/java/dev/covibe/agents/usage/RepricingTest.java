package dev.covibe.agents.usage;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.covibe.agents.prices.PriceOverrides;
import dev.covibe.agents.prices.Rates;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls that had no price get one once their model has it, and every total with them. */
@QuarkusTest
class RepricingTest {

    @Inject
    Fixtures fixtures;

    @Inject
    UsageQueries usage;

    @Inject
    Repricing repricing;

    @Inject
    PriceOverrides overrides;

    private Fixtures.Workspace team;
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    @BeforeEach
    void freshWorkspace() {
        team = fixtures.workspace();
    }

    private RequestSpecification program() {
        return given().header("Authorization", team.bearer()).contentType(ContentType.JSON);
    }

    private void report(String id, String model, Duration ago, int input, int output, String cost) {
        program()
                .body("""
                        {"items": [{"kind": "usage", "id": "%s", "session": "s-1", "agent": "codex", "at": "%s",
                          "provider": "acme", "model": "%s", "input_tokens": %d, "output_tokens": %d%s}]}
                        """.formatted(id, Instant.now().minus(ago), model, input, output, cost))
                .post("/api/ingest")
                .then()
                .statusCode(200)
                .body("accepted", equalTo(1));
    }

    private void price(String body) {
        program().body(body).post("/api/prices").then().statusCode(201);
    }

    private UsageTotals total() {
        return usage.total(team.admin(), today.minusDays(30), today);
    }

    @Test
    void a_new_price_prices_what_waited_for_it_in_every_total() {
        report("a", "zeppelin-1", Duration.ZERO, 1_000, 100, "");
        report("b", "zeppelin-1", Duration.ofDays(2), 2_000, 0, "");
        report("c", "balloon-1", Duration.ZERO, 500, 0, "");
        assertThat(total().costNanos()).isZero();
        assertThat(total().unpricedTokens()).isEqualTo(3_600);

        price("{\"model\":\"zeppelin-1\",\"input\":2,\"output\":10,\"effective_from\":\"2026-01-01\"}");

        assertThat(total().computedNanos()).isEqualTo(BigInteger.valueOf(3_000 * 2_000 + 100 * 10_000));
        assertThat(total().unpricedTokens()).isEqualTo(500);
        assertThat(total().tokens()).isEqualTo(3_600);
        assertThat(TestDatabase.text("""
                select sum(computed_nanos) || ' ' || sum(unpriced_tokens) from covibe.usage_by_stream where workspace_id = '%s'
                """.formatted(team.admin().workspaceId()))).isEqualTo("7000000 500");
        assertThat(TestDatabase.text("""
                select sum(cost_nanos) || ' ' || count(price_id) || ' ' || min(cost_source)
                  from covibe.usage_events where workspace_id = '%s'
                """.formatted(team.admin().workspaceId()))).isEqualTo("7000000 2 computed");
        program().get("/api/prices/unpriced").then().body("", hasSize(1)).body("[0].model", equalTo("balloon-1"));
    }

    @Test
    void pricing_again_changes_nothing() {
        report("a", "zeppelin-1", Duration.ZERO, 1_000, 100, "");
        price("{\"model\":\"zeppelin-1\",\"input\":2,\"output\":10,\"effective_from\":\"2026-01-01\"}");
        UsageTotals once = total();

        assertThat(repricing.company(team.admin())).isZero();
        assertThat(total()).isEqualTo(once);
    }

    @Test
    void days_before_the_price_holds_stay_unpriced() {
        report("a", "zeppelin-1", Duration.ofDays(3), 1_000, 0, "");
        report("b", "zeppelin-1", Duration.ZERO, 1_000, 0, "");
        price("{\"model\":\"zeppelin-1\",\"input\":2,\"output\":10,\"effective_from\":\"" + today + "\"}");

        assertThat(total().computedNanos()).isEqualTo(BigInteger.valueOf(2_000_000));
        assertThat(total().unpricedTokens()).isEqualTo(1_000);
    }

    @Test
    void a_cost_that_is_there_stays_as_it_is() {
        report("a", "zeppelin-1", Duration.ZERO, 1_000, 0, ", \"cost_usd\": 0.5");
        report("b", "zeppelin-1", Duration.ZERO, 1_000, 0, "");
        price("{\"model\":\"zeppelin-1\",\"input\":2,\"output\":10,\"effective_from\":\"2026-01-01\"}");

        assertThat(total().reportedNanos()).isEqualTo(BigInteger.valueOf(500_000_000));
        assertThat(total().computedNanos()).isEqualTo(BigInteger.valueOf(2_000_000));
    }

    @Test
    void another_company_is_not_touched_and_the_schedule_finds_what_came_late() {
        Fixtures.Workspace first = team;
        report("a", "zeppelin-1", Duration.ZERO, 1_000, 0, "");
        team = fixtures.workspace();
        report("a", "zeppelin-1", Duration.ZERO, 1_000, 0, "");
        overrides.add(
                team.admin(), Optional.empty(), "zeppelin-1", Optional.of(today), new Rates(2_000_000_000L, 0, 0, 0));
        repricing.run();

        assertThat(total().computedNanos()).isEqualTo(BigInteger.valueOf(2_000_000));
        team = first;
        assertThat(total().computedNanos()).isZero();
        assertThat(total().unpricedTokens()).isEqualTo(1_000);
    }

    @Test
    void usage_that_was_reported_twice_by_two_sources_is_priced_once() {
        report("a", "zeppelin-1", Duration.ZERO, 1_000, 0, "");
        String session = TestDatabase.text("select id from covibe.agent_sessions where workspace_id = '"
                + team.admin().workspaceId() + "'");
        // The same session as telemetry tells it: the better source, which alone counts.
        TestDatabase.execute(TestDatabase.superuser(), """
                update covibe.usage_streams set source = 'otlp-event' where id = '%1$s';
                insert into covibe.usage_events (workspace_id, at, id, source, developer_id, session_id, agent_type, provider,
                       model, calls, failed, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens)
                select workspace_id, at, gen_random_uuid(), 'otlp-event', developer_id, session_id, agent_type, provider,
                       model, calls, failed, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens
                  from covibe.usage_events where session_id = '%1$s';
                insert into covibe.usage_by_stream
                select workspace_id, stream_id, 'otlp-event', day, developer_id, agent_type, provider, model, task_id, calls,
                       failed, input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens,
                       reported_nanos, computed_nanos, estimated_nanos, unpriced_tokens, estimated_tokens, latency_ms, timed_calls
                  from covibe.usage_by_stream where stream_id = '%1$s';
                """.formatted(session));
        price("{\"model\":\"zeppelin-1\",\"input\":2,\"output\":10,\"effective_from\":\"2026-01-01\"}");

        assertThat(total().computedNanos()).isEqualTo(BigInteger.valueOf(2_000_000));
        assertThat(usage.ofSession(team.admin(), java.util.UUID.fromString(session))
                        .computedNanos())
                .isEqualTo(BigInteger.valueOf(2_000_000));
    }
}
