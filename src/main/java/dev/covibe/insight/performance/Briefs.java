package dev.covibe.insight.performance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of briefs (INS-2), in the order in which they are told. docs/metrics.md states each under its name; every number
 * of it stands here once.
 */
final class Briefs {

    static final long FEWEST_TASKS = 2;
    static final long FEWEST_ENDED = 4;
    static final long FEWEST_CALLS = 20;
    static final long FEWEST_ANSWERS = 3;
    static final double MORE = 1.2;
    static final double LESS = 0.8;
    static final double HALF = 0.5;
    static final double SPEND_UP = 1.5;
    static final double SPEND_UP_AT_LEAST_NANOS = 5e9;

    /**
     * What is to be judged.
     *
     * @param who as an address of Diagnostics narrows it: {@code &developer=lin}, or empty for the team
     * @param developers how many people it is about
     * @param blocked open blockers that wait for them
     * @param stale open sessions that give no sign
     */
    record Case(
            Figures now,
            Figures before,
            Targets targets,
            int days,
            int developers,
            String who,
            long blocked,
            long stale) {

        double perWeek() {
            return developers == 0 ? 0 : now.tasks() * 7.0 / days / developers;
        }
    }

    private final Case about;
    private final List<Remark> wins = new ArrayList<>();
    private final List<Remark> risks = new ArrayList<>();
    private final List<Remark> actions = new ArrayList<>();

    private Briefs(Case about) {
        this.about = about;
    }

    static Brief of(Case about) {
        Briefs rules = new Briefs(about);
        rules.delivery();
        rules.cycle();
        rules.sessions();
        rules.errors();
        rules.spend();
        rules.attribution();
        rules.together();
        if (rules.risks.isEmpty()) {
            rules.actions.add(Remark.of("nothing-to-do", "No rule finds a risk. Keep on."));
        }
        return new Brief(rules.wins, rules.risks, rules.actions);
    }

    private void delivery() {
        long now = about.now().tasks();
        long before = about.before().tasks();
        double target = about.targets().tasksPerWeek();
        if (now >= FEWEST_TASKS && before > 0 && now >= MORE * before) {
            wins.add(Remark.of(
                    "tasks-up", Words.count(now, "task", "tasks") + " done, " + (now - before) + " more than before."));
        }
        if (now > 0 && about.perWeek() >= target) {
            wins.add(Remark.of(
                    "tasks-on-target",
                    Words.number(round(about.perWeek())) + " tasks a week"
                            + (about.developers() > 1 ? " for each developer" : "") + ", the target is "
                            + Words.number(target) + "."));
        }
        if (before >= FEWEST_TASKS && now <= HALF * before) {
            risks.add(Remark.of(
                    "tasks-down",
                    Words.count(now, "task", "tasks") + " done after " + before + " in the period before."));
            actions.add(new Remark("tasks-down", "Ask what is in the way of the work in progress.", diagnose("tasks")));
        }
    }

    private void cycle() {
        Optional<Double> now = about.now().cycle();
        Optional<Double> before = about.before().cycle();
        if (now.isEmpty() || about.now().tasks() < FEWEST_TASKS) {
            return;
        }
        if (about.before().tasks() >= FEWEST_TASKS && now.get() <= LESS * before.orElse(0.0)) {
            wins.add(Remark.of(
                    "cycle-faster",
                    "A task takes " + Words.time(now.get()) + " from start to end, "
                            + Words.percent(1 - now.get() / before.get()) + " less than before."));
        }
        if (now.get() > about.targets().cycleSeconds()) {
            risks.add(Remark.of(
                    "cycle-slow",
                    "A task takes " + Words.time(now.get()) + " from start to end, the target is "
                            + Words.time(about.targets().cycleSeconds()) + "."));
            actions.add(new Remark("cycle-slow", "Split what takes longest, and plan its parts.", diagnose("tasks")));
        }
    }

    private void sessions() {
        Figures now = about.now();
        if (now.ended() < FEWEST_ENDED) {
            return;
        }
        double share = now.completion().orElseThrow();
        String words = Words.percent(share) + " of " + now.ended() + " sessions ended with their work done";
        if (share >= about.targets().sessionCompletion()) {
            wins.add(Remark.of("sessions-done", words + "."));
        } else {
            risks.add(Remark.of(
                    "sessions-unfinished",
                    words + ", the target is " + Words.percent(about.targets().sessionCompletion()) + "."));
            actions.add(new Remark(
                    "sessions-unfinished",
                    "Read how the unfinished sessions ended.",
                    diagnose("sessions") + "&status=ended"));
        }
    }

    private void errors() {
        Figures now = about.now();
        if (now.calls() + now.tools() < FEWEST_CALLS) {
            return;
        }
        double share = now.errorShare().orElse(0.0);
        if (share > about.targets().errorShare()) {
            risks.add(Remark.of(
                    "errors-high",
                    Words.percent(share) + " of calls and tools failed, at most "
                            + Words.percent(about.targets().errorShare()) + " is the target."));
            actions.add(new Remark("errors-high", "Look at the steps that fail.", diagnose("spans") + "&status=error"));
        } else {
            wins.add(Remark.of("errors-low", "Only " + Words.percent(share) + " of calls and tools failed."));
        }
    }

    private void spend() {
        Figures now = about.now();
        Figures before = about.before();
        double more = now.nanos().doubleValue() - before.nanos().doubleValue();
        if (now.costPerTask().isPresent()
                && before.costPerTask().isPresent()
                && now.tasks() >= FEWEST_TASKS
                && now.costPerTask().get() <= LESS * before.costPerTask().get()) {
            wins.add(Remark.of(
                    "tasks-cheaper",
                    "A task costs " + Words.dollars(now.costPerTask().get()) + ", it was "
                            + Words.dollars(before.costPerTask().get()) + " before."));
        }
        if (before.nanos().signum() > 0
                && now.nanos().doubleValue() >= SPEND_UP * before.nanos().doubleValue()
                && more >= SPEND_UP_AT_LEAST_NANOS
                && now.tasks() <= before.tasks()) {
            risks.add(Remark.of("spend-up", Words.dollars(more) + " more spent than before, with no more tasks done."));
            actions.add(
                    new Remark("spend-up", "Compare what the dearest tasks cost.", "/performance/agents#spend-task"));
        }
        if (now.costPerTask().filter(cost -> cost > about.targets().costNanos()).isPresent()
                && now.tasks() >= FEWEST_TASKS) {
            risks.add(Remark.of(
                    "tasks-dear",
                    "A task costs " + Words.dollars(now.costPerTask().get()) + ", the target is at most "
                            + Words.dollars(about.targets().costNanos()) + "."));
            actions.add(new Remark(
                    "tasks-dear", "See which model and agent the money goes to.", "/performance/agents#spend-model"));
        }
    }

    private void attribution() {
        about.now()
                .attribution()
                .filter(share -> share < about.targets().attribution())
                .ifPresent(share -> {
                    risks.add(Remark.of(
                            "unattributed",
                            Words.percent(1 - share)
                                    + " of the tokens belong to no task, so their cost explains nothing."));
                    actions.add(new Remark(
                            "unattributed",
                            "Let sessions take a task before they work (take_task).",
                            diagnose("sessions")));
                });
    }

    private void together() {
        if (about.now().answers() >= FEWEST_ANSWERS) {
            wins.add(Remark.of(
                    "answers",
                    Words.count(about.now().answers(), "blocker or decision", "blockers and decisions")
                            + " answered."));
        }
        if (about.blocked() > 0) {
            risks.add(Remark.of("blocked", Words.count(about.blocked(), "blocker is open.", "blockers are open.")));
            actions.add(new Remark("blocked", "Answer the oldest blocker.", "/coordination"));
        }
        if (about.stale() > 0) {
            risks.add(Remark.of(
                    "stale", Words.count(about.stale(), "session gives", "sessions give") + " no sign of life."));
            actions.add(new Remark(
                    "stale", "End the silent sessions, or revive them.", diagnose("sessions") + "&status=stale"));
        }
    }

    private String diagnose(String kind) {
        return "/performance/diagnostics?find=" + kind + about.who();
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
