package dev.covibe.insight.performance;

import dev.covibe.insight.facts.SessionFigures;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules of agents' health, of what a session costs, and of insight reports. docs/metrics.md states each under its name. */
final class AgentRules {

    static final long FEWEST_CALLS = 20;
    static final long FEWEST_ENDED = 4;
    static final long FEWEST_COVERED = 3;
    static final double FAILING_COMPLETION = 0.5;
    static final double FAILING_ERRORS = 0.25;
    static final double DEAR = 1.5;
    static final double CHEAP = 0.67;
    static final double FEW_COVERED = 0.8;
    static final double MANY_ABANDONED = 0.25;
    static final double MANY_TASKLESS = 0.2;

    private AgentRules() {}

    static String health(SessionFigures figures, Targets targets) {
        if (figures.sessions() == 0) {
            return "quiet";
        }
        boolean enoughEnded = figures.ended() >= FEWEST_ENDED;
        boolean enoughCalls = figures.calls() + figures.tools() >= FEWEST_CALLS;
        double completion = figures.completion().orElse(1.0);
        double errors = figures.errorShare().orElse(0.0);
        if (enoughEnded && completion < FAILING_COMPLETION || enoughCalls && errors >= FAILING_ERRORS) {
            return "failing";
        }
        return enoughEnded && completion < targets.sessionCompletion() || enoughCalls && errors > targets.errorShare()
                ? "watch"
                : "good";
    }

    /** @param usual the median cost per session of the agents of its kind; absent where too few are known */
    static String guidance(SessionFigures figures, Optional<BigInteger> usual, String kind) {
        if (figures.covered() < FEWEST_COVERED) {
            return "Too few sessions with known usage to say.";
        }
        double mine = figures.costPerSession().orElseThrow().doubleValue();
        double median = usual.map(BigInteger::doubleValue).orElse(0.0);
        if (median <= 0) {
            return mine <= 0 ? "No cost is known." : "The only one of its kind to compare.";
        }
        if (mine >= DEAR * median) {
            return Words.number(Math.round(10 * mine / median) / 10.0) + " times the median of " + kind + " ("
                    + Words.dollars(median) + "): look at its longest sessions.";
        }
        return mine <= CHEAP * median
                ? "Well below the median of " + kind + " (" + Words.dollars(median) + ")."
                : "As usual for " + kind + " (median " + Words.dollars(median) + ").";
    }

    /** @param taskless share of its sessions that were on no task */
    static AgentsReport.Insight insight(
            SessionFigures now,
            SessionFigures before,
            Targets targets,
            Optional<BigInteger> usual,
            double taskless,
            String purpose,
            String owner) {
        List<Remark> works = new ArrayList<>();
        List<Remark> hinders = new ArrayList<>();
        List<Remark> wins = new ArrayList<>();
        String who = "/performance/diagnostics?developer=" + owner;
        if (now.ended() >= FEWEST_ENDED) {
            double completion = now.completion().orElseThrow();
            String words =
                    Words.percent(completion) + " of its " + now.ended() + " ended sessions got their work done.";
            (completion >= targets.sessionCompletion() ? works : hinders)
                    .add(Remark.of(
                            completion >= targets.sessionCompletion() ? "agent-done" : "agent-unfinished", words));
            double abandoned = (double) now.abandoned() / now.ended();
            if (abandoned >= MANY_ABANDONED) {
                hinders.add(Remark.of(
                        "agent-abandons", Words.percent(abandoned) + " of its sessions never said that they ended."));
                wins.add(new Remark(
                        "agent-abandons",
                        "Let it say end_session, so that what it held goes back at once.",
                        who + "&find=sessions&status=ended"));
            }
        }
        if (now.calls() + now.tools() >= FEWEST_CALLS) {
            double errors = now.errorShare().orElse(0.0);
            if (errors > targets.errorShare()) {
                hinders.add(Remark.of("agent-errors", Words.percent(errors) + " of its calls and tools fail."));
                wins.add(
                        new Remark("agent-errors", "Mend the tool that fails most.", who + "&find=spans&status=error"));
            } else {
                works.add(
                        Remark.of("agent-reliable", "Only " + Words.percent(errors) + " of its calls and tools fail."));
            }
        }
        if (now.covered() >= FEWEST_COVERED
                && usual.filter(median -> median.signum() > 0).isPresent()) {
            double ratio = now.costPerSession().orElseThrow().doubleValue()
                    / usual.get().doubleValue();
            if (ratio >= DEAR) {
                hinders.add(Remark.of(
                        "agent-dear",
                        "A session costs " + Words.number(Math.round(ratio * 10) / 10.0)
                                + " times the median of its kind."));
                wins.add(new Remark(
                        "agent-dear", "Try a smaller model for what it does most.", "/performance/agents#spend-model"));
            } else if (ratio <= CHEAP) {
                works.add(Remark.of("agent-cheap", "A session costs well below the median of its kind."));
            }
        }
        if (now.sessions() >= FEWEST_ENDED && taskless > MANY_TASKLESS) {
            hinders.add(Remark.of("agent-taskless", Words.percent(taskless) + " of its sessions are on no task."));
            wins.add(Remark.of("agent-taskless", "Let it take a task before it works: its cost then explains itself."));
        }
        if (now.sessions() >= FEWEST_COVERED && now.coverage().orElse(1.0) < FEW_COVERED) {
            hinders.add(Remark.of(
                    "agent-uncovered",
                    "Usage is known of only " + Words.percent(now.coverage().orElseThrow()) + " of its sessions."));
            wins.add(new Remark("agent-uncovered", "Switch its telemetry on.", "/settings"));
        }
        if (before.sessions() > 0 && now.sessions() == 0) {
            hinders.add(Remark.of("agent-quiet", "No session after " + before.sessions() + " in the period before."));
            wins.add(new Remark("agent-quiet", "Retire it if it is not needed any more.", "/settings/agents"));
        }
        if (purpose.isBlank()) {
            wins.add(new Remark("agent-purpose", "Write down what it is for.", "/settings/agents"));
        }
        return new AgentsReport.Insight(works, hinders, wins);
    }

    /** The middle one; of two in the middle the lower. */
    static Optional<BigInteger> median(List<BigInteger> values) {
        List<BigInteger> sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get((sorted.size() - 1) / 2));
    }
}
