package dev.covibe.insight.search;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.covibe.agents.PrivateMarks;
import dev.covibe.identity.Caller;
import dev.covibe.platform.git.RepositoryIdentity;
import dev.covibe.tenancy.Transactions;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import dev.covibe.testsupport.Usage;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SearchTest {

    @Inject
    Fixtures fixtures;

    @Inject
    Search search;

    @Inject
    PrivateMarks marks;

    @Inject
    Transactions transactions;

    private Fixtures.Workspace team;

    @BeforeEach
    void open() {
        team = fixtures.workspace();
    }

    private void plan(String title) {
        given().header("Authorization", team.bearer())
                .contentType(ContentType.JSON)
                .body("{\"title\":\"" + title + "\",\"project\":\"WEB\"}")
                .post("/api/tasks")
                .then()
                .statusCode(201);
    }

    private List<String> found(Caller caller, String text, String kind) {
        return search.find(caller, text, 10).groups().stream()
                .filter(group -> group.kind().equals(kind))
                .flatMap(group -> group.hits().stream())
                .map(Found.Hit::title)
                .toList();
    }

    @Test
    void the_title_that_fits_best_comes_first_and_a_key_finds_its_task() {
        plan("Write down how balloons are filled");
        plan("Balloons");
        plan("Balloons over the harbour at night");

        assertThat(found(team.admin(), "balloons", "tasks"))
                .containsExactly(
                        "Balloons", "Balloons over the harbour at night", "Write down how balloons are filled");
        assertThat(found(team.admin(), "harb ballo", "tasks")).containsExactly("Balloons over the harbour at night");
        assertThat(found(team.admin(), "web-2", "tasks")).first().isEqualTo("Balloons");
        assertThat(found(team.admin(), "  ?! ", "tasks")).isEmpty();
    }

    @Test
    void people_workstreams_and_decisions_are_found_too() {
        given().header("Authorization", team.bearer())
                .contentType(ContentType.JSON)
                .body("{\"name\":\"Zeppelin fleet\",\"goal\":\"Four of them by May\"}")
                .post("/api/workstreams")
                .then()
                .statusCode(201);
        given().header("Authorization", team.bearer())
                .contentType(ContentType.JSON)
                .body("{\"question\":\"Which gas fills the zeppelin?\"}")
                .post("/api/decisions")
                .then()
                .statusCode(201);
        fixtures.member(team, "zeppo");

        assertThat(search.find(team.admin(), "zepp", 10).groups())
                .extracting(Found.Group::kind)
                .containsExactly("workstreams", "decisions", "people");
        assertThat(found(team.admin(), "may four", "workstreams")).containsExactly("Zeppelin fleet");
    }

    @Test
    void a_session_in_a_private_repository_is_found_by_its_owner_alone() {
        Caller kim = fixtures.member(team, "kim");
        UUID session = Usage.session(kim, "gondola", "2 hours", "1 hours");
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.agent_sessions set branch = 'secret-airship' where id = '" + session + "'");
        assertThat(found(team.admin(), "airship", "sessions")).hasSize(1);

        transactions.run(kim.place(), () -> marks.put(kim, "laptop", RepositoryIdentity.hash("github.com/acme/web")));

        assertThat(found(team.admin(), "airship", "sessions")).isEmpty();
        assertThat(found(kim, "airship", "sessions")).hasSize(1);
    }

    @Test
    void nobody_finds_what_is_of_another_workspace() {
        plan("Dirigible");
        Fixtures.Workspace others = fixtures.workspace();
        assertThat(search.find(others.admin(), "dirigible", 10).groups()).isEmpty();
    }

    @Test
    void the_page_and_the_interface_give_the_same_and_the_page_needs_no_script() {
        plan("Mooring <mast>");
        given().header("Authorization", team.bearer())
                .get("/api/search?q=mooring")
                .then()
                .statusCode(200)
                .body("groups[0].kind", equalTo("tasks"))
                .body("groups[0].hits[0].key", equalTo("WEB-1"));
        given().header("Authorization", team.bearer())
                .get("/api/search?q=x&limit=51")
                .then()
                .statusCode(400);
        given().cookie("covibe_session", fixtures.browser(team).cookie())
                .accept("text/html")
                .get("/search?q=mooring")
                .then()
                .statusCode(200)
                .body(containsString("Mooring &lt;mast&gt;"))
                .body(containsString("/workstreams/tasks/WEB-1"))
                .body(not(containsString("<mast>")));
    }
}
