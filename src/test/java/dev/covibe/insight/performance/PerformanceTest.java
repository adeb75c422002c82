package dev.covibe.insight.performance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.identity.Caller;
import dev.covibe.insight.facts.Period;
import dev.covibe.insight.facts.Periods;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.Usage;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reports of what a workspace did (CON-2, INS-1): right, complete, and the same for the same data. */
@QuarkusTest
class PerformanceTest {

    @Inject
    Fixtures fixtures;

    @Inject
    Performance performance;

    @Inject
    AgentPerformance agents;

    @Inject
    DeveloperPerformance developers;

    @Inject
    Diagnosing diagnosing;

    @Inject
    Goals goals;

    @Inject
    Periods periods;

    @Inject
    ObjectMapper json;

    Fixtures.Workspace workspace;
    Caller admin;
    Caller ada;
    Period period;

    @BeforeEach
    void aTeamAtWork() {
        workspace = fixtures.workspace();
        admin = workspace.admin();
        ada = fixtures.member(workspace, "ada");
        period = periods.last(admin, 28);
        sessions(admin, "Night build", 5, "done", 1_000_000_000L);
        sessions(ada, "codex", 5, "failed", 4_000_000_000L);
    }

    private void sessions(Caller who, String name, int many, String outcome, long nanos) {
        for (int i = 0; i < many; i++) {
            UUID id = Usage.session(who, name, (i + 2) + " hours", (i + 1) + " hours");
            Usage.ended(id, "agent", outcome);
            Usage.book(
                    who,
                    new Usage.Booked(id, Optional.empty(), 0, 10, outcome.equals("failed") ? 5 : 0, 1_000, nanos, 0));
        }
    }

    @Test
    void the_overview_adds_up_and_is_the_same_each_time() throws JsonProcessingException {
        Overview overview = performance.overview(admin, period);

        assertThat(overview.current().sessions()).isEqualTo(10);
        assertThat(overview.current().completion()).contains(0.5);
        assertThat(overview.current().errorShare()).contains(0.25);
        assertThat(overview.current().nanos()).isEqualTo(25_000_000_000L);
        assertThat(overview.current().attribution()).contains(0.0);
        assertThat(trend(overview, Metric.ACTIVE_DEVELOPERS).current()).contains(2.0);
        assertThat(trend(overview, Metric.COST).days()).hasSize(28).last().satisfies(day -> assertThat(day.value())
                .contains(25e9));
        assertThat(trend(overview, Metric.CYCLE).days())
                .as("no task was done, so nothing is known, which is not nought")
                .allSatisfy(day -> assertThat(day.value()).isEmpty());
        assertThat(overview.day().day()).isEqualTo(period.to());
        assertThat(overview.day().developers())
                .extracting(Overview.DayDeveloper::handle)
                .containsExactlyInAnyOrder("ada", admin.handle());
        assertThat(overview.day().developers().stream()
                        .mapToLong(Overview.DayDeveloper::tokens)
                        .sum())
                .isEqualTo(overview.grid().getLast().tokens());
        assertThat(overview.grid()).hasSizeBetween(176, 182);
        assertThat(overview.pulse().brief().risks())
                .extracting(Remark::rule)
                .contains("sessions-unfinished", "errors-high", "unattributed");
        assertThat(json.writeValueAsString(performance.overview(admin, period)))
                .isEqualTo(json.writeValueAsString(overview));
    }

    private static Trend trend(Overview overview, Metric metric) {
        return overview.trends().stream()
                .filter(trend -> trend.metric() == metric)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void spend_adds_up_however_it_is_cut_and_agents_are_judged() throws JsonProcessingException {
        AgentsReport report = agents.report(admin, period);

        for (List<AgentsReport.Spend> cut :
                List.of(report.byDeveloper(), report.byAgent(), report.byModel(), report.byTask())) {
            assertThat(cut.stream().map(AgentsReport.Spend::used).reduce(UsageTotals.NONE, UsageTotals::plus))
                    .isEqualTo(report.used());
        }
        assertThat(report.byTask()).singleElement().satisfies(spend -> assertThat(spend.mark())
                .isEqualTo("Unattributed"));
        assertThat(report.agents())
                .extracting(AgentsReport.Agent::owner, AgentsReport.Agent::health)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("ada", "failing"),
                        org.assertj.core.groups.Tuple.tuple(admin.handle(), "good"));
        assertThat(report.agents().getFirst().guidance()).contains("4 times the median of Codex");
        assertThat(report.agents().getFirst().utilisation())
                .isEqualTo(report.agents().getFirst().activeDays() / 28.0);
        assertThat(report.boards())
                .extracting(AgentsReport.Board::key)
                .containsExactly("board-done", "board-reliable", "board-cost");
        assertThat(json.writeValueAsString(agents.report(admin, period))).isEqualTo(json.writeValueAsString(report));
    }

    @Test
    void every_developer_is_judged_by_the_same_rules_and_sees_themself() throws JsonProcessingException {
        DevelopersReport report = developers.report(ada, period);

        assertThat(report.developers())
                .extracting(DevelopersReport.Developer::handle)
                .containsExactlyInAnyOrder("ada", admin.handle());
        DevelopersReport.Developer self = report.developers().stream()
                .filter(one -> one.handle().equals("ada"))
                .findFirst()
                .orElseThrow();
        assertThat(self.now().sessions()).isEqualTo(5);
        assertThat(self.brief().risks()).extracting(Remark::rule).contains("sessions-unfinished", "errors-high");
        assertThat(self.attainment()).hasSize(6);
        assertThat(self.days()).hasSize(84);
        assertThat(report.team())
                .isEqualTo(report.developers().stream()
                        .map(DevelopersReport.Developer::now)
                        .reduce(Figures.NONE, Figures::plus));
        Profile profile = developers.profile(admin, "@ada", period);
        assertThat(profile.developer().now()).isEqualTo(self.now());
        assertThat(profile.agents()).extracting(AgentsReport.Agent::name).containsExactly("codex");
        assertThat(profile.byModel().stream()
                        .map(AgentsReport.Spend::used)
                        .reduce(UsageTotals.NONE, UsageTotals::plus)
                        .tokens())
                .isEqualTo(self.now().tokens());
        assertThat(json.writeValueAsString(developers.report(admin, period)))
                .isEqualTo(json.writeValueAsString(report));
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> developers.profile(admin, "nobody", period))
                .isInstanceOf(dev.covibe.platform.problem.Refusal.NotFound.class);
    }

    @Test
    void diagnostics_name_the_first_thing_to_do() {
        assertThat(diagnosing.now(admin).next().rule()).isEqualTo("next-errors");
        assertThat(diagnosing.now(admin).errors().share()).contains(0.25);

        Usage.session(ada, "codex", "3 hours", "2 hours");
        assertThat(diagnosing.now(admin).next().rule()).isEqualTo("next-stale");
        assertThat(diagnosing.now(admin).waiting().staleSessions()).isEqualTo(1);
        assertThat(diagnosing.now(fixtures.workspace().admin()).next().rule()).isEqualTo("next-nothing");
    }

    @Test
    void an_admin_hides_leaderboards_for_everybody_and_nobody_else_may() {
        goals.rank(admin, false);

        assertThat(agents.report(ada, period).boards()).isEmpty();
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> goals.rank(ada, true))
                .hasMessageContaining("Only an admin");
        assertThat(goals.rank(admin, true)).isTrue();
        assertThat(agents.report(ada, period).boards()).isNotEmpty();
    }

    @Test
    void targets_are_the_workspace_s_own() {
        assertThat(goals.targets(ada)).isEqualTo(Targets.USUAL);
        Targets own = new Targets(5, 0.4, 0.3, 0.5, 2, 10);
        goals.aim(admin, own);

        assertThat(goals.targets(ada)).isEqualTo(own);
        assertThat(goals.targets(fixtures.workspace().admin())).isEqualTo(Targets.USUAL);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> goals.aim(admin, new Targets(0, 0.4, 0.3, 0.5, 2, 10)))
                .isInstanceOf(dev.covibe.platform.problem.Refusal.Invalid.class);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> goals.aim(ada, own))
                .isInstanceOf(dev.covibe.platform.problem.Refusal.Forbidden.class);
    }

    @Test
    void strangers_see_nothing_of_it() {
        Caller stranger = fixtures.workspace().admin();

        Figures figures =
                performance.overview(stranger, periods.last(stranger, 28)).current();
        assertThat(figures.sessions()).isZero();
        assertThat(figures.tokens()).isZero();
        assertThat(agents.report(stranger, periods.last(stranger, 28)).agents()).isEmpty();
    }
}
