package dev.covibe.coordination.graph;

import static dev.covibe.coordination.graph.SnapshotBody.commits;
import static dev.covibe.coordination.graph.SnapshotBody.hidden;
import static dev.covibe.coordination.graph.SnapshotBody.sha;
import static dev.covibe.coordination.graph.SnapshotBody.snapshot;
import static dev.covibe.coordination.graph.SnapshotBody.worktree;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.covibe.identity.Caller;
import dev.covibe.platform.git.RepositoryIdentity;
import io.quarkus.test.junit.QuarkusTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a snapshot must not bring along, and repositories that are nobody else's business. */
@QuarkusTest
class SnapshotPrivacyTest extends SnapshotFixture {

    @ParameterizedTest
    @CsvSource({
        "/home/lin/work/web",
        "~/web",
        "C:\\Users\\lin\\web",
        "C:/web",
        "\\\\server\\share",
        "file:///home/lin/web"
    })
    void an_absolute_path_refuses_the_whole_snapshot_wherever_a_name_is_wanted(String path) {
        for (String field : List.of("machine", "name", "branch", "remote")) {
            Map<String, Object> snapshot = snapshot("laptop", REMOTE, "main", sha(0), commits(0));
            Map<String, Object> tree = worktree("web", "main", sha(0));
            switch (field) {
                case "machine" -> snapshot.put("machine", path);
                case "remote" -> snapshot.put("repository", Map.of("remote", path));
                default -> tree.put(field, path);
            }
            snapshot.put("worktrees", List.of(tree));
            post(snapshot).statusCode(400).body("code", equalTo("snapshot.absolute-path"));
        }
        assertThat(graphs.repositories(team.admin())).isEmpty();
        assertThat(stored()).doesNotContain("lin").doesNotContain("server");
    }

    @Test
    void a_path_in_a_text_is_blotted_out_and_what_nobody_asked_for_is_dropped() {
        Map<String, Object> commit = new HashMap<>(commits(0).getFirst());
        commit.put(
                "subject", "Copy /home/lin/secrets.txt to C:\\Users\\lin\\x, fix GET /api/tasks and /usr/bin look-up");
        commit.put("body", "A whole MARKER message");
        commit.put("diff", "+MARKER=1");
        Map<String, Object> snapshot = snapshot("laptop", REMOTE, "main", sha(0), List.of(commit));
        snapshot.put("files", List.of("MARKER"));
        Map<String, Object> tree = worktree("web", "main", sha(0));
        tree.put("path", "/home/lin/MARKER");
        snapshot.put("worktrees", List.of(tree));
        post(snapshot).statusCode(200);

        String subject = graphs.texts(team.admin(), graph().repository().id(), List.of(sha(0)))
                .get(sha(0))
                .subject();
        assertThat(subject).isEqualTo("Copy … to … fix GET /api/tasks and /usr/bin look-up");
        assertThat(stored()).doesNotContain("MARKER").doesNotContain("secrets");
    }

    @Test
    void making_a_repository_private_forgets_it_and_keeps_what_a_teammate_stands_on() {
        post(snapshot("laptop", REMOTE, "main", sha(1), commits(1)));
        postAs(kim, snapshot("desk", REMOTE, "fix/secret", sha(3), commits(3)));
        postAs(kim, hidden("desk", Map.of("remote", REMOTE, "private", true))).statusCode(200);

        assertThat(graph().standings()).extracting(Standing::machine).containsExactly("laptop");
        assertThat(graph().commits()).extracting(Commit::sha).containsExactlyInAnyOrder(sha(0), sha(1));
        assertThat(stored()).doesNotContain("fix/secret").doesNotContain("Step 3");
        postAs(kim, snapshot("desk", REMOTE, "fix/secret", sha(3), commits(3)))
                .statusCode(409)
                .body("code", equalTo("snapshot.private"));
        postAs(kim, snapshot("other-machine", REMOTE, "main", sha(1), List.of()))
                .statusCode(200);
    }

    @Test
    void a_private_repository_leaves_no_name_anywhere_and_shows_as_private() {
        postAs(kim, snapshot("desk", "github.com/acme/zeppelin", "hangar", sha(1), commits(1)));
        postAs(kim, hidden("desk", Map.of("remote", "github.com/acme/zeppelin", "name", "zeppelin", "private", true)));

        assertThat(stored()).doesNotContain("zeppelin").doesNotContain("hangar");
        String state = given().header("Authorization", team.bearer())
                .get("/api/state")
                .then()
                .statusCode(200)
                .body("localGraphs", hasSize(1))
                .body("localGraphs[0]", equalTo(Map.of("repository", "@private")))
                .extract()
                .asString();
        assertThat(state).doesNotContain("zeppelin").doesNotContain("kim");
        String page = page("/coordination/graph");
        assertThat(page).contains("@private").doesNotContain("zeppelin").doesNotContain("hangar");
        given().cookie("covibe_session", fixtures.browser(team).cookie())
                .accept("text/html")
                .get("/coordination/graph?repository=github.com/acme/zeppelin")
                .then()
                .statusCode(404);
    }

    @Test
    void a_repository_can_be_private_without_ever_being_named_and_shared_again_later() {
        String key = RepositoryIdentity.hash("github.com/acme/web");
        postAs(kim, hidden("desk", Map.of("key", key, "private", true))).statusCode(200);
        postAs(kim, snapshot("desk", REMOTE, "main", sha(0), commits(0))).statusCode(409);
        given().header("Authorization", kim)
                .delete("/api/snapshots?machine=desk&repository=key:" + key)
                .then()
                .statusCode(200)
                .body("worktrees", equalTo(0));
        postAs(kim, snapshot("desk", REMOTE, "main", sha(0), commits(0))).statusCode(200);
    }

    @Test
    void a_session_in_a_private_repository_does_not_name_it_to_teammates() {
        Caller agent = fixtures.member(team, "jo");
        postAs(
                "Bearer " + fixtures.token(agent),
                hidden("desk", Map.of("remote", "github.com/acme/zeppelin", "private", true)));
        String session = sessions.start(agent, start("github.com/acme/zeppelin", "hangar"))
                .session()
                .id()
                .toString();

        for (String address :
                List.of("/api/sessions", "/api/sessions/" + session, "/workstreams/sessions/" + session)) {
            assertThat(page(address))
                    .as(address)
                    .contains("@private")
                    .doesNotContain("zeppelin")
                    .doesNotContain("hangar");
        }
        assertThat(page("/workstreams/sessions")).doesNotContain("zeppelin").doesNotContain("hangar");
        assertThat(page("/coordination")).doesNotContain("zeppelin").doesNotContain("hangar");
        given().header("Authorization", "Bearer " + fixtures.token(agent))
                .contentType("application/json")
                .body("{\"repository\":\"github.com/acme/zeppelin\",\"paths\":[\"hangar/**\"]}")
                .post("/api/claims")
                .then()
                .statusCode(409)
                .body("code", equalTo("claim.private"));
        String state = given().header("Authorization", team.bearer())
                .get("/api/state")
                .then()
                .body("sessions.open[0].repository", equalTo("@private"))
                .extract()
                .asString();
        assertThat(state).doesNotContain("zeppelin").doesNotContain("hangar");
    }
}
