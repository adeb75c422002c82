package dev.covibe.companion;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.covibe.platform.git.RepositoryIdentity;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import dev.covibe.testsupport.Usage;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the settings say of connected repositories (CON-7), and what is left of one that became private (CMP-7). */
@QuarkusTest
class RepositoriesTest {

    private static final String WEB = "github.com/acme/web";

    @Inject
    Fixtures fixtures;

    private String page(Fixtures.Workspace reader) {
        return given().cookie("covibe_session", fixtures.browser(reader).cookie())
                .accept("text/html")
                .get("/settings/repositories")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private static void beat(Fixtures.Workspace team, String body) {
        given().header("Authorization", team.bearer())
                .contentType("application/json")
                .body(body)
                .post("/api/companion/heartbeat")
                .then()
                .statusCode(200);
    }

    @Test
    void every_machine_shows_what_it_shares_and_of_what_it_does_not_only_how_much() {
        Fixtures.Workspace team = fixtures.workspace();
        assertThat(page(team)).contains("No machine is connected yet").contains("covibe-local setup --base-url");
        beat(team, """
                {"machine": "lins-laptop", "version": "0.1.0", "platform": "darwin", "service": true,
                 "repositories": [{"name": "web", "state": "synced"}, {"name": "api", "state": "pending"},
                                  {"state": "excluded"}, {"state": "excluded"}],
                 "update": {"version": "0.2.0", "outcome": "reverted"}}""");
        assertThat(page(team))
                .contains("lins-laptop", "companion 0.1.0, macOS, as a service")
                .containsPattern("title=\"web\">web</span><span class=\"badge\">Synced")
                .containsPattern("title=\"api\">api</span><span class=\"badge badge-warn\"[^>]*>Pending")
                .contains("2 private repositories")
                .contains("The update to 0.2.0 was undone: it did not start.")
                .doesNotContain("No machine is connected yet");
        assertThat(page(fixtures.workspace())).doesNotContain("lins-laptop");
    }

    @Test
    void a_purge_takes_the_name_out_of_past_sessions_and_leaves_what_they_used() {
        Fixtures.Workspace team = fixtures.workspace();
        UUID session = Usage.session(team.admin(), "codex", "2 hours", "1 hour");
        Usage.book(team.admin(), new Usage.Booked(session, Optional.empty(), 0, 3, 0, 4200, 0, 0));
        var mate = fixtures.member(team, "mo");
        UUID theirs = Usage.session(mate, "codex", "2 hours", "1 hour");
        String before = totals(team);
        given().header("Authorization", team.bearer())
                .queryParam("repository", "key:" + RepositoryIdentity.hash(WEB))
                .queryParam("machine", "lins-laptop")
                .delete("/api/snapshots")
                .then()
                .statusCode(200)
                .body("sessions", equalTo(0));
        assertThat(repository(session)).isEqualTo(WEB);
        given().header("Authorization", team.bearer())
                .queryParam("repository", "key:" + RepositoryIdentity.hash(WEB))
                .queryParam("machine", "lins-laptop")
                .queryParam("sessions", true)
                .delete("/api/snapshots")
                .then()
                .statusCode(200)
                .body("sessions", equalTo(1));
        assertThat(repository(session)).isNull();
        assertThat(repository(theirs)).isEqualTo(WEB);
        assertThat(totals(team)).isEqualTo(before);
        given().header("Authorization", team.bearer())
                .get("/api/sessions/" + session)
                .then()
                .statusCode(200);
    }

    private static String repository(UUID session) {
        return TestDatabase.text("select repository from covibe.agent_sessions where id = '" + session + "'");
    }

    private static String totals(Fixtures.Workspace team) {
        return TestDatabase.text(
                "select sum(calls) || ' ' || sum(input_tokens) from covibe.usage_daily where workspace_id = '"
                        + team.admin().workspaceId() + "'");
    }
}
