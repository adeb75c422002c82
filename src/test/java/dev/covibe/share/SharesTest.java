package dev.covibe.share;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import dev.covibe.testsupport.Usage;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SharesTest {

    @Inject
    Fixtures fixtures;

    @Inject
    Shares shares;

    private Fixtures.Workspace team;

    @BeforeEach
    void open() {
        team = fixtures.workspace();
        post("/api/workstreams", "{\"name\":\"Zeppelin fleet\",\"goal\":\"Four of them\"}");
        post("/api/tasks", "{\"title\":\"Sew the envelope\",\"project\":\"WEB\",\"workstream\":\"WS-1\"}");
    }

    private void post(String path, String body) {
        given().header("Authorization", team.bearer())
                .contentType(ContentType.JSON)
                .body(body)
                .post(path)
                .then()
                .statusCode(201);
    }

    private static ValidatableResponse visit(String token) {
        return given().redirects()
                .follow(false)
                .accept("text/html")
                .get("/share/" + token)
                .then();
    }

    private Shares.Made stream() {
        return shares.make(team.admin(), ShareKind.WORKSTREAM, "WS-1", 7);
    }

    @Test
    void a_stranger_sees_what_was_shared_and_it_does_not_follow_what_changes() {
        Shares.Made made = stream();
        String before = visit(made.token())
                .statusCode(200)
                .header("X-Robots-Tag", containsString("noindex"))
                .header("Cache-Control", containsString("no-store"))
                .body(containsString("Zeppelin fleet"))
                .body(containsString("Sew the envelope"))
                .extract()
                .asString();

        post("/api/tasks", "{\"title\":\"Hide the leak\",\"project\":\"WEB\",\"workstream\":\"WS-1\"}");
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.tasks set title = 'Renamed' where workspace_id = '"
                        + team.admin().workspaceId() + "'");

        String after = visit(made.token()).statusCode(200).extract().asString();
        assertThat(after).isEqualTo(before);
    }

    @Test
    void nothing_comes_after_it_was_revoked_or_has_ended() {
        Shares.Made revoked = stream();
        Shares.Made over = stream();
        visit(revoked.token()).statusCode(200);
        UUID id = shares.list(team.admin()).stream()
                .filter(link -> link.views() == 1)
                .findFirst()
                .orElseThrow()
                .id();
        shares.revoke(team.admin(), id);
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.share_links set expires_at = now() - interval '1 second' where views = 0 and workspace_id = '"
                        + team.admin().workspaceId() + "'");

        visit(revoked.token()).statusCode(404).body(not(containsString("Zeppelin")));
        visit(over.token()).statusCode(404).body(not(containsString("Zeppelin")));
        visit("A".repeat(43)).statusCode(404);
        visit("x").statusCode(404);
        assertThat(shares.list(team.admin())).allMatch(link -> !link.isLive(java.time.Instant.now()));
    }

    @Test
    void there_is_nothing_in_it_to_follow() {
        for (ShareKind kind : ShareKind.values()) {
            String of =
                    switch (kind) {
                        case WORKSTREAM -> "WS-1";
                        case DEVELOPER -> team.admin().handle();
                        case WEEK, PERFORMANCE -> "";
                    };
            String page = visit(shares.make(team.admin(), kind, of, 1).token())
                    .statusCode(200)
                    .extract()
                    .asString();
            assertThat(page)
                    .as(kind.key())
                    .doesNotContain("<a ")
                    .doesNotContain("<script")
                    .doesNotContain("<form");
            assertThat(page.toLowerCase(java.util.Locale.ROOT))
                    .doesNotContainPattern("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");
        }
    }

    @Test
    void no_name_of_a_repository_a_branch_or_a_session_gets_into_it() {
        UUID session = Usage.session(team.admin(), "gondola-agent", "2 hours", "1 hours");
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.agent_sessions set branch = 'secret-airship' where id = '" + session + "'");
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.tasks set repository = 'github.com/acme/hidden', branch = 'secret-airship', paths = '{src/hidden/**}' where workspace_id = '"
                        + team.admin().workspaceId() + "'");
        for (ShareKind kind : ShareKind.values()) {
            String of = kind == ShareKind.WORKSTREAM
                    ? "WS-1"
                    : kind == ShareKind.DEVELOPER ? team.admin().handle() : "";
            visit(shares.make(team.admin(), kind, of, 1).token())
                    .statusCode(200)
                    .body(not(containsString("acme/hidden")))
                    .body(not(containsString("src/hidden")))
                    .body(not(containsString("secret-airship")))
                    .body(not(containsString("gondola-agent")));
        }
    }

    @Test
    void it_is_kept_as_a_hash_and_on_record() {
        Shares.Made made = stream();
        assertThat(TestDatabase.superuser()).isNotNull();
        given().header("Authorization", team.bearer())
                .get("/api/audit")
                .then()
                .body(containsString("share.created"))
                .body(not(containsString(made.token())));
    }

    @Test
    void only_its_maker_and_admins_revoke_it_and_nobody_elsewhere_knows_it() {
        stream();
        UUID id = shares.list(team.admin()).getFirst().id();
        Caller kim = fixtures.member(team, "kim");
        assertThatThrownBy(() -> shares.revoke(kim, id)).isInstanceOf(Refusal.Forbidden.class);
        Fixtures.Workspace others = fixtures.workspace();
        assertThatThrownBy(() -> shares.revoke(others.admin(), id)).isInstanceOf(Refusal.NotFound.class);
        assertThat(shares.list(others.admin())).isEmpty();
    }

    @Test
    void a_form_makes_a_link_and_says_what_is_wrong() {
        Fixtures.Browser browser = fixtures.browser(team);
        given().cookie("covibe_session", browser.cookie())
                .accept("text/html")
                .formParam("csrf", browser.csrf())
                .formParam("kind", "week")
                .formParam("days", "7")
                .post("/settings/shares")
                .then()
                .statusCode(200)
                .body(containsString("/share/"));
        given().cookie("covibe_session", browser.cookie())
                .accept("text/html")
                .formParam("csrf", browser.csrf())
                .formParam("kind", "workstream")
                .formParam("of", "WS-99")
                .post("/settings/shares")
                .then()
                .statusCode(equalTo(422));
    }
}
