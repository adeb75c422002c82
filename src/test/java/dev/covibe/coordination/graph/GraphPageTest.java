package dev.covibe.coordination.graph;

import static dev.covibe.coordination.graph.SnapshotBody.commit;
import static dev.covibe.coordination.graph.SnapshotBody.commits;
import static dev.covibe.coordination.graph.SnapshotBody.sha;
import static dev.covibe.coordination.graph.SnapshotBody.snapshot;
import static dev.covibe.coordination.graph.SnapshotBody.worktree;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The graph as people look at it: who stands where, and the history below. */
@QuarkusTest
class GraphPageTest extends SnapshotFixture {

    @Test
    void a_rebase_in_progress_and_a_detached_head_are_told() {
        Map<String, Object> snapshot = snapshot("laptop", REMOTE, "main", sha(1), commits(1));
        Map<String, Object> tree = worktree("web-2", "", sha(0));
        tree.put("operation", "rebase");
        tree.put("conflicted", 2);
        snapshot.put("worktrees", List.of(worktree("web", "main", sha(1)), tree));
        post(snapshot);

        Standing standing = graph().standings().getLast();
        assertThat(standing.branch()).isEmpty();
        assertThat(standing.operation()).contains("rebase");
        assertThat(standing.isUncommitted()).isTrue();
        assertThat(graph().layout().nodes().getFirst().id())
                .isEqualTo(standing.id().toString());
    }

    @Test
    void an_agent_is_found_in_its_worktree_with_its_task_and_a_task_by_its_branch() {
        given().header("Authorization", team.bearer())
                .contentType("application/json")
                .body(Map.of("title", "Mend the cart", "branch", "fix/cart"))
                .post("/api/tasks")
                .then()
                .statusCode(201);
        Map<String, Object> snapshot = snapshot("laptop", REMOTE, "main", sha(1), commits(1));
        snapshot.put("worktrees", List.of(worktree("web", "main", sha(1)), worktree("web-fix", "fix/cart", sha(0))));
        post(snapshot);
        assertThat(graph().standings().getLast().task())
                .hasValueSatisfying(task -> assertThat(task.key()).isEqualTo("WEB-1"));

        sessions.start(team.admin(), start("https://github.com/acme/web", "main"));
        assertThat(graph().standings().getFirst().agents())
                .extracting(agent -> agent.type().key())
                .containsExactly("codex");
        assertThat(graph().standings().getLast().agents()).isEmpty();
        assertThat(page("/coordination/graph"))
                .contains("/ codex")
                .contains("fix/cart")
                .contains("WEB-1")
                .contains("Step 1");
    }

    @Test
    void a_click_shows_the_commit_and_a_stranger_sees_nothing() {
        post(snapshot("laptop", REMOTE, "main", sha(1), commits(1)));
        assertThat(page("/coordination/graph?repository=github.com/acme/web&commit=" + sha(0)))
                .contains("data-chosen=\"" + sha(0) + "\"")
                .contains("In main")
                .contains("Nobody stands on it");
        Fixtures.Browser stranger = fixtures.browser(fixtures.workspace());
        given().cookie("covibe_session", stranger.cookie())
                .accept("text/html")
                .get("/coordination/graph?repository=github.com/acme/web")
                .then()
                .statusCode(404)
                .body(not(containsString("Step")));
    }

    @Test
    void what_people_wrote_is_shown_as_text_never_as_markup() {
        Map<String, Object> commit = new HashMap<>(commits(0).getFirst());
        commit.put("subject", "<img src=x onerror=alert(1)>");
        commit.put("author", "\"><script>alert(2)</script>");
        Map<String, Object> snapshot = snapshot("laptop", REMOTE, "main", sha(0), List.of(commit));
        snapshot.put("worktrees", List.of(worktree("\"><b>web", "<i>main", sha(0))));
        post(snapshot).statusCode(200);
        assertThat(page("/coordination/graph?commit=" + sha(0)))
                .contains("&lt;img src=x")
                .doesNotContain("<img src=x")
                .doesNotContain("<script>alert")
                .doesNotContain("<b>web")
                .doesNotContain("<i>main");
    }

    @Test
    void a_long_history_is_read_in_windows() {
        List<Map<String, Object>> many = IntStream.range(0, 400)
                .mapToObj(i -> commit(i, i == 0 ? List.of() : List.of(sha(i - 1))))
                .toList();
        post(snapshot("laptop", REMOTE, "main", sha(399), many));
        String first = page("/coordination/graph");
        assertThat(first).contains("Step 399").contains("Step 250").doesNotContain("Step 249<");
        assertThat(first).contains("Show older, 250 left");
        String rest = page("/coordination/graph?repository=github.com/acme/web&from=" + sha(249));
        assertThat(rest).contains("Step 249<").contains("Back to the newest").doesNotContain("Step 250<");
        String rows = given().cookie("covibe_session", fixtures.browser(team).cookie())
                .accept("text/html")
                .header("HX-Request", "true")
                .get("/coordination/graph?repository=github.com/acme/web&rows=" + sha(249))
                .asString();
        assertThat(rows).contains("Step 249<").doesNotContain("</html>");
    }

    /** GRF-2; measured at a tenth of it, so that a busy machine does not fail. */
    @Test
    void five_thousand_commits_and_fifty_worktrees_are_drawn_within_a_second() {
        int trunk = 4_900;
        List<Map<String, Object>> many = new ArrayList<>();
        List<Map<String, Object>> trees = new ArrayList<>();
        for (int i = 0; i < SnapshotRules.MOST_COMMITS; i++) {
            int parent = i < trunk ? i - 1 : i % 2 == 0 ? trunk - 1 - i % 97 : i - 1;
            many.add(commit(i, i == 0 ? List.of() : List.of(sha(parent))));
        }
        for (int i = 0; i < 50; i++) {
            Map<String, Object> tree = worktree("web-" + i, i == 0 ? "main" : "piece-" + i, sha(trunk + 1 + 2 * i));
            tree.put("modified", i % 3);
            trees.add(tree);
        }
        Map<String, Object> snapshot = snapshot("laptop", REMOTE, "main", sha(0), many);
        snapshot.put("worktrees", trees);
        post(snapshot).statusCode(200).body("missing_parents", hasSize(0));

        long best = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            long begin = System.nanoTime();
            String page = page("/coordination/graph");
            best = Math.min(best, System.nanoTime() - begin);
            assertThat(page.length()).isLessThan(500_000);
        }
        assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofSeconds(1));
    }
}
