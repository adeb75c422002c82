package dev.covibe.guard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.McpClient;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What pages and tools cost, in figures that do not depend on the machine: how often the server waits for the database.
 * A page or tool may become cheaper at any time; one that becomes dearer changes its figure here,
 * where a reader sees it.
 */
@QuarkusTest
class CostsTest {

    /** As much work as a page shows at once, so that what costs a question for each row is noticed. */
    private static final int MUCH = 40;

    /** Other tests' background work asks the database too, so the least of some attempts counts. */
    private static final int ATTEMPTS = 3;

    /** A call may meet any connection of the pool, each of which prepares its statements anew. */
    private static final int ATTEMPTS_OF_A_TOOL = 12;

    private static final int PREPARED = 5;

    /** Who it is, where they are, the members, the transaction: about seven; the rest is the page's own. */
    private static final long MOST_OF_A_PAGE = 14;

    /** Pages that show many things at once. */
    private static final Map<String, Long> DEAREST = Map.of(
            "/workstreams", 20L,
            "/coordination", 18L,
            "/performance", 26L,
            "/performance/developers", 24L,
            "/performance/agents", 23L,
            "/performance/diagnostics", 32L,
            "/analytics", 19L);

    private static final Map<String, Long> TOOLS =
            Map.of("find_work", 3L, "inbox", 5L, "log", 5L, "check_overlap", 5L, "start_session", 21L);

    @Inject
    Fixtures fixtures;

    @TestHTTPResource("/api/mcp")
    String endpoint;

    private Fixtures.Workspace team;
    private McpClient agent;

    @BeforeEach
    void work() {
        team = fixtures.workspace();
        agent = McpClient.at(endpoint, team.token());
    }

    /** Plans tasks of which none is taken for another. */
    static void plan(McpClient agent, int from, int to) {
        List<Map<String, Object>> rows = IntStream.range(from, to)
                .mapToObj(n -> Map.<String, Object>of("title", "Unlike any other " + Long.toString(n * 7919L + 31, 36)))
                .toList();
        for (Map<String, Object> row : rows) {
            agent.done("plan", row);
        }
    }

    private Map<String, Long> pages() {
        Fixtures.Browser browser = fixtures.browser(team);
        Map<String, Long> costs = new TreeMap<>();
        for (String page : Operations.pages()) {
            Response answer = get(browser, page);
            if (answer.statusCode() == 200 && answer.contentType().startsWith("text/html")) {
                // From the fifth time on the driver keeps a statement prepared, which costs some of them a round
                // trip more.
                for (int time = 0; time < PREPARED; time++) {
                    get(browser, page);
                }
                costs.put(page, least(ATTEMPTS, () -> roundTrips(() -> get(browser, page))));
            }
        }
        return costs;
    }

    private static Response get(Fixtures.Browser browser, String page) {
        return given().redirects()
                .follow(false)
                .accept("text/html")
                .cookie("covibe_session", browser.cookie())
                .get(page);
    }

    private static long roundTrips(Runnable act) {
        long before = TestDatabase.roundTrips();
        act.run();
        return TestDatabase.roundTrips() - before;
    }

    private static long least(int attempts, LongSupplier measured) {
        return IntStream.range(0, attempts)
                .mapToLong(attempt -> measured.getAsLong())
                .min()
                .orElseThrow();
    }

    @Test
    void a_page_asks_the_database_a_bounded_number_of_times_however_much_there_is_on_it() {
        plan(agent, 0, 3);
        Map<String, Long> little = pages();
        plan(agent, 3, MUCH);
        Map<String, Long> much = pages();
        assertThat(much).containsKeys("/workstreams", "/coordination", "/settings");
        assertThat(much).as("with %d tasks instead of 3", MUCH).isEqualTo(little);
        assertThat(much)
                .allSatisfy((page, cost) ->
                        assertThat(cost).as(page).isLessThanOrEqualTo(DEAREST.getOrDefault(page, MOST_OF_A_PAGE)));
    }

    @Test
    void a_tool_asks_the_database_no_more_often_than_is_written_here() {
        plan(agent, 0, MUCH);
        agent.done("start_session", Map.of("repository", "https://github.com/acme/web", "branch", "main"));
        Map<String, Map<String, Object>> calls = Map.of(
                "find_work", Map.of("view", "ready"),
                "log", Map.of("kind", "progress", "task", "WEB-1", "text", "A step"),
                "check_overlap", Map.of("title", "Unlike any other"),
                "inbox", Map.of(),
                "start_session", Map.of("repository", "https://github.com/acme/web", "branch", "main"));
        for (int time = 0; time < PREPARED; time++) {
            calls.forEach(agent::done);
        }
        calls.forEach((tool, arguments) -> assertThat(
                        least(ATTEMPTS_OF_A_TOOL, () -> roundTrips(() -> agent.done(tool, arguments))))
                .as(tool)
                .isLessThanOrEqualTo(TOOLS.get(tool)));
    }
}
