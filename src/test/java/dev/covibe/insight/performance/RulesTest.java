package dev.covibe.insight.performance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.insight.facts.SessionFigures;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The rules of reports, each at its edge (INS-2), and the numbers that docs/metrics.md gives for them. */
class RulesTest {

    private static final int DAYS = 28;

    private static Figures figures(
            long tasks, long cycleHours, long ended, long done, long calls, long failed, double dollars) {
        return new Figures(
                tasks,
                tasks * cycleHours * 3600,
                ended,
                ended,
                done,
                0,
                calls,
                failed,
                1000,
                900,
                0,
                BigInteger.valueOf((long) (dollars * 1e9)),
                BigInteger.ZERO,
                10,
                0,
                0,
                0,
                0,
                0);
    }

    private static Brief brief(Figures now, Figures before) {
        return Briefs.of(new Briefs.Case(now, before, Targets.USUAL, DAYS, 1, "&developer=lin", 0, 0));
    }

    private static List<String> rules(List<Remark> remarks) {
        return remarks.stream().map(Remark::rule).toList();
    }

    @Test
    void a_calm_month_has_wins_and_nothing_to_do() {
        Brief brief = brief(figures(12, 10, 10, 8, 100, 2, 36), figures(10, 10, 10, 8, 100, 2, 40));

        assertThat(rules(brief.wins()))
                .containsExactly("tasks-up", "tasks-on-target", "sessions-done", "errors-low", "tasks-cheaper");
        assertThat(brief.risks()).isEmpty();
        assertThat(rules(brief.actions())).containsExactly("nothing-to-do");
    }

    @Test
    void every_risk_has_its_action_at_its_edge() {
        Brief brief = Briefs.of(new Briefs.Case(
                figures(2, 73, 4, 2, 20, 2, 60), figures(4, 70, 4, 4, 20, 0, 40), Targets.USUAL, DAYS, 1, "", 1, 1));

        List<String> risks = List.of(
                "tasks-down",
                "cycle-slow",
                "sessions-unfinished",
                "errors-high",
                "spend-up",
                "tasks-dear",
                "blocked",
                "stale");
        assertThat(rules(brief.risks())).isEqualTo(risks);
        assertThat(rules(brief.actions())).isEqualTo(risks);
        assertThat(brief.risks().getFirst().text()).isEqualTo("2 tasks done after 4 in the period before.");
    }

    @Test
    void too_few_things_say_nothing() {
        Brief brief = brief(figures(1, 200, 3, 0, 19, 19, 1), figures(1, 1, 0, 0, 0, 0, 0));

        assertThat(brief.risks()).isEmpty();
        assertThat(brief.wins()).isEmpty();
    }

    @Test
    void targets_are_reached_upwards_and_downwards_and_what_is_unknown_counts_nowhere() {
        List<Attainment> some = Attainment.of(figures(6, 144, 0, 0, 0, 0, 0), 1, DAYS, Targets.USUAL);

        assertThat(some.get(0).share()).contains(0.5);
        assertThat(some.get(1).share()).contains(0.5);
        assertThat(some.get(2).share()).isEmpty();
        assertThat(some.get(4).share()).contains(1.0);
        assertThat(some.get(5).share()).isEmpty();
        assertThat(Attainment.mean(some.stream())).contains((0.5 + 0.5 + 1) / 3);
        List<Scorecard> cards = Scorecards.of(some, new Scorecards.Together(4, 1, 0, 0, 0, 0));
        assertThat(cards.get(0).points()).contains(50);
        assertThat(cards.get(0).state()).isEqualTo("watch");
        assertThat(cards.get(1).state()).isEqualTo("unknown");
        assertThat(cards.get(3).points()).contains(25);
        assertThat(cards.get(3).state()).isEqualTo("act");
    }

    private static SessionFigures agent(
            long sessions, long done, long abandoned, long calls, long failed, double dollars) {
        return new SessionFigures(
                sessions,
                0,
                done,
                0,
                sessions - done - abandoned,
                abandoned,
                3600,
                sessions,
                calls,
                failed,
                1000,
                BigInteger.valueOf((long) (dollars * 1e9)),
                0,
                0);
    }

    @Test
    void an_agent_is_failing_to_be_watched_good_or_quiet() {
        assertThat(AgentRules.health(agent(4, 1, 0, 0, 0, 0), Targets.USUAL)).isEqualTo("failing");
        assertThat(AgentRules.health(agent(4, 2, 0, 0, 0, 0), Targets.USUAL)).isEqualTo("watch");
        assertThat(AgentRules.health(agent(4, 3, 0, 20, 5, 0), Targets.USUAL)).isEqualTo("failing");
        assertThat(AgentRules.health(agent(4, 3, 0, 20, 2, 0), Targets.USUAL)).isEqualTo("watch");
        assertThat(AgentRules.health(agent(3, 0, 0, 19, 19, 0), Targets.USUAL)).isEqualTo("good");
        assertThat(AgentRules.health(SessionFigures.NONE, Targets.USUAL)).isEqualTo("quiet");
    }

    @Test
    void a_session_s_cost_is_compared_with_the_median_of_its_kind() {
        Optional<BigInteger> median = AgentRules.median(List.of(
                BigInteger.valueOf(3_000_000_000L),
                BigInteger.valueOf(1_000_000_000L),
                BigInteger.valueOf(2_000_000_000L)));

        assertThat(AgentRules.guidance(agent(3, 3, 0, 0, 0, 9), median, "Codex"))
                .isEqualTo("1.5 times the median of Codex ($2.00): look at its longest sessions.");
        assertThat(AgentRules.guidance(agent(3, 3, 0, 0, 0, 6), median, "Codex"))
                .startsWith("As usual for Codex");
        assertThat(AgentRules.guidance(agent(3, 3, 0, 0, 0, 3), median, "Codex"))
                .startsWith("Well below");
        assertThat(AgentRules.guidance(agent(2, 2, 0, 0, 0, 9), median, "Codex"))
                .startsWith("Too few");
        AgentsReport.Insight insight = AgentRules.insight(
                agent(4, 1, 1, 20, 2, 12), SessionFigures.NONE, Targets.USUAL, median, 0.5, "", "lin");
        assertThat(rules(insight.hinders()))
                .containsExactly("agent-unfinished", "agent-abandons", "agent-errors", "agent-dear", "agent-taskless");
        assertThat(rules(insight.quickWins())).contains("agent-purpose", "agent-taskless");
    }

    @Test
    void the_documents_give_the_numbers_of_the_rules() throws IOException {
        String docs = Files.readString(Path.of("docs/metrics.md")).replaceAll("\\s+", " ");
        Targets usual = Targets.USUAL;

        assertThat(docs)
                .contains(
                        "at least " + Briefs.FEWEST_TASKS + " tasks done, and at least " + Briefs.MORE
                                + " times as many",
                        "at most " + Briefs.LESS + " times that before",
                        "at least " + Briefs.FEWEST_ENDED + " ended sessions",
                        "at least " + Briefs.FEWEST_CALLS + " calls and tools",
                        "at least " + Briefs.FEWEST_ANSWERS + " blockers answered",
                        Briefs.SPEND_UP + " times the cost before or more, at least $"
                                + (long) (Briefs.SPEND_UP_AT_LEAST_NANOS / 1e9),
                        "From " + Scorecard.ON_TARGET + " points it is *on target*, from " + Scorecard.WATCH,
                        "| tasks a week and developer | " + Words.number(usual.tasksPerWeek()) + " |",
                        "| cycle time | at most " + Words.number(usual.cycleDays()) + " days |",
                        "| sessions done | " + Words.percent(usual.sessionCompletion()) + " |",
                        "| errors | at most " + Words.percent(usual.errorShare()) + " |",
                        "| attributed tokens | " + Words.percent(usual.attribution()) + " |",
                        "| cost per task | at most $" + Words.number(usual.costPerTask()) + " |",
                        "At least ".toLowerCase() + AgentRules.FEWEST_ENDED + " ended sessions of which less than "
                                + Words.percent(AgentRules.FAILING_COMPLETION),
                        "of which " + Words.percent(AgentRules.FAILING_ERRORS) + " or more failed",
                        "at least " + AgentRules.FEWEST_COVERED + " of its sessions have known usage",
                        "From " + AgentRules.DEAR + " times the median",
                        "up to " + AgentRules.CHEAP + " times",
                        "the usage of less than " + Words.percent(AgentRules.FEW_COVERED),
                        Words.percent(AgentRules.MANY_ABANDONED) + " of its ended sessions or more were abandoned",
                        "more than " + Words.percent(AgentRules.MANY_TASKLESS) + " of them on no task");
    }
}
