package dev.covibe.coordination.graph;

import static io.restassured.RestAssured.given;

import dev.covibe.agents.SessionStart;
import dev.covibe.agents.Sessions;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** A workspace that snapshots are sent to, and what it makes of them. */
abstract class SnapshotFixture {

    static final String REMOTE = "git@github.com:Acme/Web.git";

    @Inject
    Fixtures fixtures;

    @Inject
    GraphQueries graphs;

    @Inject
    Sessions sessions;

    Fixtures.Workspace team;
    String kim;

    @BeforeEach
    void freshWorkspace() {
        team = fixtures.workspace();
        kim = "Bearer " + fixtures.token(fixtures.member(team, "kim"));
    }

    RepositoryGraph graph() {
        return graphs.graph(team.admin(), "github.com/acme/web");
    }

    String page(String address) {
        return given().cookie("covibe_session", fixtures.browser(team).cookie())
                .accept(address.startsWith("/api/") ? "application/json" : "text/html")
                .get(address)
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    ValidatableResponse post(Map<String, Object> snapshot) {
        return postAs(team.bearer(), snapshot);
    }

    static ValidatableResponse postAs(String bearer, Map<String, Object> snapshot) {
        return given().header("Authorization", bearer)
                .contentType("application/json")
                .body(snapshot)
                .post("/api/snapshots")
                .then();
    }

    /** Everything that the graph keeps of this workspace, and the log of its events. */
    String stored() {
        StringBuilder rows = new StringBuilder();
        for (String table : List.of(
                "graph_repositories",
                "graph_commits",
                "graph_worktrees",
                "graph_private_repositories",
                "work_events")) {
            rows.append(TestDatabase.text("select coalesce(string_agg(t::text, ' '), '') from covibe." + table
                    + " t where workspace_id = '" + team.admin().workspaceId() + "'"));
        }
        return rows.toString();
    }

    static SessionStart start(String repository, String branch) {
        return new SessionStart(
                repository,
                Optional.of(branch),
                Optional.empty(),
                Optional.of("codex"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
