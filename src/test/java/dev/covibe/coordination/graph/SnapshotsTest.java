package dev.covibe.coordination.graph;

import static dev.covibe.coordination.graph.SnapshotBody.commit;
import static dev.covibe.coordination.graph.SnapshotBody.commits;
import static dev.covibe.coordination.graph.SnapshotBody.sha;
import static dev.covibe.coordination.graph.SnapshotBody.snapshot;
import static dev.covibe.coordination.graph.SnapshotBody.worktree;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Taking snapshots: what is stored of them, what is answered, and what takes it out again. */
@QuarkusTest
class SnapshotsTest extends SnapshotFixture {

    @Test
    void a_snapshot_is_stored_once_however_often_and_in_whatever_spelling_of_the_remote_it_comes() {
        post(snapshot("laptop", REMOTE, "main", sha(2), commits(2))).body("stored", equalTo(3));
        post(snapshot("laptop", REMOTE, "main", sha(2), commits(2)))
                .body("stored", equalTo(0))
                .body("missing_heads", hasSize(0))
                .body("missing_parents", hasSize(0));
        post(snapshot("desk", "https://user:secret@github.com:443/acme/web", "main", sha(2), List.of()))
                .body("missing_heads", hasSize(0));

        assertThat(graphs.repositories(team.admin()))
                .extracting(RepositoryRef::identity, RepositoryRef::worktrees)
                .containsExactly(Tuple.tuple("github.com/acme/web", 2));
        assertThat(graph().commits()).hasSize(3);
    }

    @Test
    void the_answer_says_what_is_missing_and_down_to_where_it_is_wanted() {
        post(snapshot("laptop", REMOTE, "main", sha(4), List.of()))
                .body("missing_heads", equalTo(List.of(sha(4))))
                .body("have", hasSize(0));
        post(snapshot("laptop", REMOTE, "main", sha(4), commits(4).subList(0, 2)))
                .body("stored", equalTo(2))
                .body("missing_heads", hasSize(0))
                .body("missing_parents", equalTo(List.of(sha(2))));
        post(snapshot("laptop", REMOTE, "main", sha(4), commits(2)))
                .body("stored", equalTo(3))
                .body("missing_parents", hasSize(0));
        post(snapshot("laptop", REMOTE, "main", sha(6), List.of())).body("missing_heads", equalTo(List.of(sha(6))));
        postAs(kim, snapshot("desk", REMOTE, "main", sha(7), List.of()))
                .body("missing_heads", equalTo(List.of(sha(7))))
                .body("have", hasSize(0));
        post(snapshot("laptop", REMOTE, "main", sha(4), List.of())).statusCode(200);
        postAs(kim, snapshot("desk", REMOTE, "main", sha(7), List.of())).body("have", equalTo(List.of(sha(4))));
    }

    @Test
    void a_worktree_that_is_left_out_is_gone_and_other_machines_keep_theirs() {
        post(snapshot("laptop", REMOTE, "main", sha(0), commits(0)));
        post(snapshot("desk", REMOTE, "main", sha(0), List.of()));
        Map<String, Object> none = snapshot("laptop", REMOTE, "main", sha(0), List.of());
        none.put("worktrees", List.of());
        post(none);

        assertThat(graph().standings()).extracting(Standing::machine).containsExactly("desk");
    }

    @Test
    void a_snapshot_has_an_end() {
        List<Map<String, Object>> many = IntStream.rangeClosed(0, SnapshotRules.MOST_COMMITS)
                .mapToObj(i -> commit(i, i == 0 ? List.of() : List.of(sha(i - 1))))
                .toList();
        post(snapshot("laptop", REMOTE, "main", sha(1), many))
                .statusCode(400)
                .body("code", equalTo("snapshot.too-large"));
        post(snapshot("laptop", REMOTE, "main", sha(1), many.subList(0, SnapshotRules.MOST_COMMITS)))
                .statusCode(200)
                .body("stored", equalTo(SnapshotRules.MOST_COMMITS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "zz", "HEAD", ""})
    void only_whole_commit_ids_are_taken(String head) {
        post(snapshot("laptop", REMOTE, "main", head, List.of())).statusCode(400);
    }

    @Test
    void a_repository_without_a_remote_is_known_by_its_first_commit() {
        Map<String, Object> snapshot = snapshot("laptop", REMOTE, "main", sha(0), commits(0));
        snapshot.put("repository", Map.of("name", "sketches", "root", sha(0)));
        post(snapshot).statusCode(200);

        assertThat(graphs.repositories(team.admin()))
                .extracting(RepositoryRef::name)
                .containsExactly("sketches");
    }

    @Test
    void purging_takes_only_one_s_own_and_says_how_much_it_was() {
        post(snapshot("laptop", REMOTE, "main", sha(1), commits(1)));
        postAs(kim, snapshot("desk", REMOTE, "fix", sha(3), commits(3)));
        given().header("Authorization", kim)
                .delete("/api/snapshots?repository=https://github.com/acme/web")
                .then()
                .statusCode(200)
                .body("worktrees", equalTo(1))
                .body("commits", equalTo(2));
        given().header("Authorization", kim)
                .delete("/api/snapshots?repository=https://github.com/acme/web")
                .then()
                .body("worktrees", equalTo(0));
        assertThat(graph().commits()).hasSize(2);
        given().header("Authorization", team.bearer())
                .delete("/api/snapshots?repository=https://github.com/acme/web")
                .then()
                .body("commits", equalTo(2));
        assertThat(graphs.repositories(team.admin())).isEmpty();
    }

    @Test
    void heads_that_move_are_news_and_saving_a_file_is_none() {
        post(snapshot("laptop", REMOTE, "main", sha(1), commits(1)));
        Map<String, Object> dirty = snapshot("laptop", REMOTE, "main", sha(1), List.of());
        Map<String, Object> tree = worktree("web", "main", sha(1));
        tree.put("modified", 1);
        dirty.put("worktrees", List.of(tree));
        post(dirty);
        long before = events();
        tree.put("modified", 7);
        post(dirty);
        assertThat(events()).isEqualTo(before).isEqualTo(2);
    }

    private long events() {
        return TestDatabase.count(
                "select count(*) from covibe.work_events where kind = 'heads_moved' and workspace_id = '"
                        + team.admin().workspaceId() + "'");
    }
}
