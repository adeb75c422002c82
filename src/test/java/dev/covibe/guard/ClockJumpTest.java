package dev.covibe.guard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.McpClient;
import dev.covibe.testsupport.MovableClock;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A server whose clock jumps goes on working, and nothing is lost by it (QLT-8). */
@QuarkusTest
class ClockJumpTest {

    private static final List<Duration> JUMPS =
            List.of(Duration.ofHours(3), Duration.ofHours(-3), Duration.ofDays(40), Duration.ofDays(-40));

    @Inject
    Fixtures fixtures;

    @TestHTTPResource("/api/mcp")
    URI mcp;

    @Test
    void work_goes_on_and_every_entry_is_there_once_wherever_the_clock_stands() {
        Fixtures.Workspace team = fixtures.workspace();
        McpClient agent = McpClient.at(mcp.toString(), team.token());
        String task = agent.done("plan", Map.of("title", "Wind up the clock"))
                .path("task")
                .path("key")
                .asText();
        List<String> written = new ArrayList<>(List.of(log(agent, task, "before", "key-before")));
        for (Duration jump : JUMPS) {
            MovableClock.wrongBy(jump, () -> {
                written.add(log(agent, task, "during " + jump, "key" + jump));
                assertThat(log(agent, task, "before", "key-before")).isEqualTo(written.getFirst());
                agent.done("start_session", Map.of("repository", "github.com/acme/web", "branch", "main"));
                agent.done("find_work", Map.of("view", "all"));
            });
            written.add(log(agent, task, "after " + jump, "after" + jump));
        }
        List<String> story = given().header("Authorization", team.bearer())
                .get("/api/tasks/" + task + "/events")
                .then()
                .statusCode(200)
                .extract()
                .path("findAll { it.kind == 'progressed' }.id");
        assertThat(story).containsExactlyInAnyOrderElementsOf(written);
    }

    private static String log(McpClient agent, String task, String text, String key) {
        return agent.done("log", Map.of("kind", "progress", "task", task, "text", text, "idempotency_key", key))
                .path("event")
                .asText();
    }

    @Test
    void a_claim_ends_no_later_than_its_time_and_pages_stand_whatever_the_clock_says() {
        Fixtures.Workspace team = fixtures.workspace();
        Fixtures.Browser browser = fixtures.browser(team);
        McpClient agent = McpClient.at(mcp.toString(), team.token());
        MovableClock.wrongBy(
                Duration.ofHours(3),
                () -> agent.done(
                        "claim",
                        Map.of("repository", "github.com/acme/web", "paths", List.of("src/**"), "reason", "x")));
        Map<String, Integer> broken = new HashMap<>();
        for (Duration jump : JUMPS) {
            MovableClock.wrongBy(jump, () -> {
                for (String page : List.of(
                        "/workstreams",
                        "/workstreams/sessions",
                        "/coordination",
                        "/performance",
                        "/analytics",
                        "/activity",
                        "/settings")) {
                    int status = given().cookie("covibe_session", browser.cookie())
                            .accept("text/html")
                            .redirects()
                            .follow(false)
                            .get(page)
                            .statusCode();
                    // A browser session of the future or the past may have ended; that is said, and nothing breaks.
                    if (status != 200 && status != 302) {
                        broken.put(page + " " + jump, status);
                    }
                }
            });
        }
        assertThat(broken).isEmpty();
        List<Object> held = given().header("Authorization", team.bearer())
                .get("/api/claims")
                .then()
                .statusCode(200)
                .extract()
                .path("items");
        MovableClock.wrongBy(
                Duration.ofDays(40), () -> assertThat((List<?>) given().header("Authorization", team.bearer())
                                .get("/api/claims")
                                .path("items"))
                        .hasSizeLessThanOrEqualTo(held.size())
                        .isEmpty());
    }
}
