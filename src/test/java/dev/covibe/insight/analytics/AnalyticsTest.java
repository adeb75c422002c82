package dev.covibe.insight.analytics;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.covibe.identity.Caller;
import dev.covibe.insight.facts.Period;
import dev.covibe.insight.facts.Periods;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import dev.covibe.testsupport.Usage;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.math.BigInteger;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class AnalyticsTest {

    private static final long DOLLAR = 1_000_000_000L;

    @Inject
    Fixtures fixtures;

    @Inject
    Analytics analytics;

    @Inject
    Periods periods;

    @Inject
    SavedViews views;

    private Fixtures.Workspace team;
    private UUID task;

    @BeforeEach
    void work() {
        team = fixtures.workspace();
        task = UUID.fromString(given().header("Authorization", team.bearer())
                .contentType(ContentType.JSON)
                .body("{\"title\":\"Moor the airship\",\"project\":\"WEB\"}")
                .post("/api/tasks")
                .then()
                .statusCode(201)
                .extract()
                .path("id"));
        UUID session = Usage.session(team.admin(), "codex", "2 hours", "1 hours");
        Usage.book(team.admin(), new Usage.Booked(session, Optional.of(task), 0, 3, 0, 1000, 2 * DOLLAR, 0));
        Usage.book(team.admin(), new Usage.Booked(session, Optional.empty(), 1, 1, 0, 500, DOLLAR, 0));
        Usage.book(team.admin(), new Usage.Booked(session, Optional.empty(), 30, 1, 0, 7, DOLLAR / 2, 0));
        given().header("Authorization", team.bearer())
                .contentType(ContentType.JSON)
                .body("{\"outcome\":\"done\",\"summary\":\"Moored.\"}")
                .put("/api/tasks/WEB-1/completion")
                .then()
                .statusCode(200);
    }

    private Period days(int many) {
        return periods.last(team.admin(), many);
    }

    @Test
    void whatever_it_is_grouped_by_the_parts_add_up_to_the_total() {
        Report.Figures total = analytics.total(team.admin(), days(7));
        assertThat(total.costNanos()).isEqualTo(BigInteger.valueOf(3 * DOLLAR));
        assertThat(total.tokens()).isEqualTo(1500);
        for (Grouping by : Grouping.values()) {
            Report report = analytics.report(team.admin(), days(7), by);
            assertThat(report.rows().stream()
                            .map(row -> row.figures().costNanos())
                            .reduce(BigInteger.ZERO, BigInteger::add))
                    .as(by.key())
                    .isEqualTo(total.costNanos());
            assertThat(report.rows().stream()
                            .mapToLong(row -> row.figures().sessions())
                            .sum())
                    .as(by.key())
                    .isEqualTo(total.sessions())
                    .isEqualTo(1);
            assertThat(report.days().stream().mapToLong(Report.Day::tokens).sum())
                    .isEqualTo(total.tokens());
        }
        Report byProject = analytics.report(team.admin(), days(7), Grouping.PROJECT);
        assertThat(byProject.rows()).extracting(Report.Row::key).containsExactly("WEB", "Unattributed");
        assertThat(byProject.rows().getFirst().figures().completions()).contains(1L);
    }

    @Test
    void what_lies_before_the_range_is_the_previous_period() {
        Report report = analytics.report(team.admin(), days(28), Grouping.MODEL);
        assertThat(report.previous().costNanos()).isEqualTo(BigInteger.valueOf(DOLLAR / 2));
        assertThat(report.rows()).extracting(Report.Row::key).contains("gpt-6-sol");
        assertThat(report.rows().getFirst().figures().completions()).isEmpty();
    }

    @Test
    void precision_is_the_share_of_warnings_that_were_right() {
        assertThat(analytics
                        .report(team.admin(), days(7), Grouping.PROJECT)
                        .health()
                        .precision())
                .isEmpty();
        for (String title : new String[] {"Paint the gondola", "Sew the envelope", "Fill the ballast"}) {
            given().header("Authorization", team.bearer())
                    .contentType(ContentType.JSON)
                    .body("{\"title\":\"" + title + "\",\"project\":\"WEB\"}")
                    .post("/api/tasks")
                    .then()
                    .statusCode(201);
        }
        answer("WEB-2", "WEB-3", "same");
        answer("WEB-2", "WEB-4", "different");

        Report.Health health =
                analytics.report(team.admin(), days(7), Grouping.PROJECT).health();
        assertThat(health.warnings()).isEqualTo(2);
        assertThat(health.precision()).contains(0.5);
    }

    private void answer(String one, String other, String verdict) {
        TestDatabase.execute(TestDatabase.superuser(), """
                insert into covibe.overlap_answers
                select f.workspace_id, least(f.subject_id, g.subject_id), greatest(f.subject_id, g.subject_id), '%s', null,
                       '%s', now()
                  from covibe.overlap_footprints f
                  join covibe.overlap_footprints g on g.workspace_id = f.workspace_id and g.key = '%s'
                 where f.workspace_id = '%s' and f.key = '%s'
                """.formatted(
                        verdict, team.admin().developerId(), other, team.admin().workspaceId(), one));
    }

    @Test
    void the_file_is_safe_to_open_and_its_taking_is_on_record() {
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.projects set name = '=cmd, \"x\"' where workspace_id = '"
                        + team.admin().workspaceId() + "'");
        given().header("Authorization", team.bearer())
                .get("/api/analytics/export?by=project&range=7")
                .then()
                .statusCode(200)
                .contentType("text/csv")
                .body(containsString("WEB,\"'=cmd, \"\"x\"\"\",2,0,1000,"))
                .body(containsString("Unattributed,,1,0,500,"));
        given().header("Authorization", team.bearer())
                .get("/api/audit")
                .then()
                .statusCode(200)
                .body(containsString("export.taken"));
    }

    @Test
    void a_view_is_its_owners_until_it_is_shared() {
        Caller kim = fixtures.member(team, "kim");
        views.keep(team.admin(), "Models", "by=model&range=28", false);
        assertThat(views.list(kim)).isEmpty();

        views.keep(team.admin(), "Models", "by=model&range=56", true);
        assertThat(views.list(kim))
                .hasSize(1)
                .first()
                .matches(view -> !view.own() && view.query().endsWith("56"));
        UUID id = views.list(kim).getFirst().id();
        Assertions.assertThatThrownBy(() -> views.drop(kim, id)).isInstanceOf(Refusal.NotFound.class);
        views.drop(team.admin(), id);
        assertThat(views.list(team.admin())).isEmpty();
    }

    @Test
    void the_page_shows_it_and_the_interface_refuses_what_is_no_range() {
        given().cookie("covibe_session", fixtures.browser(team).cookie())
                .accept("text/html")
                .get("/analytics?by=developer&range=7")
                .then()
                .statusCode(200)
                .body(containsString("$3.00"))
                .body(containsString("@" + team.admin().handle()));
        given().header("Authorization", team.bearer())
                .get("/api/analytics?range=4000")
                .then()
                .statusCode(400);
        given().header("Authorization", team.bearer())
                .get("/api/analytics?by=weather")
                .then()
                .statusCode(400);
        given().header("Authorization", team.bearer())
                .get("/api/analytics?range=7")
                .then()
                .statusCode(200)
                .body("total.tokens", equalTo(1500));
    }
}
