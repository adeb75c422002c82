package dev.covibe.insight.performance;

import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Developers;
import dev.covibe.insight.facts.Dimension;
import dev.covibe.insight.facts.Fact;
import dev.covibe.insight.facts.Facts;
import dev.covibe.insight.facts.Labels;
import dev.covibe.insight.facts.Period;
import dev.covibe.insight.facts.Periods;
import dev.covibe.insight.facts.Slice;
import dev.covibe.platform.problem.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How each developer does (CON-2, Developers), and one of them closely (CON-3). Everybody sees all of it, themself included. */
@ApplicationScoped
public class DeveloperPerformance {

    private static final int GRID_WEEKS = 12;
    private static final int FEW_TASKS = 3;
    private static final int MANY_TASKS = 15;
    private static final int MOST_SPENDS = 50;

    private final Facts facts;
    private final Labels labels;
    private final Periods periods;
    private final Developers developers;
    private final Around around;
    private final Goals goals;
    private final Ledgers ledgers;
    private final AgentPerformance agents;

    DeveloperPerformance(
            Facts facts,
            Labels labels,
            Periods periods,
            Developers developers,
            Around around,
            Goals goals,
            Ledgers ledgers,
            AgentPerformance agents) {
        this.facts = facts;
        this.labels = labels;
        this.periods = periods;
        this.developers = developers;
        this.around = around;
        this.goals = goals;
        this.ledgers = ledgers;
        this.agents = agents;
    }

    public DevelopersReport report(Caller caller, Period period) {
        return facts.together(caller, () -> {
            Period previous = period.previous();
            Period grid = recent(period);
            TeamDays days = TeamDays.read(facts, caller, Performance.around(List.of(period, previous, grid)));
            Map<String, String> handles = handles(caller, days, period, previous);
            List<DevelopersReport.Developer> all = developers(caller, days, handles, period, grid, FEW_TASKS);
            return new DevelopersReport(
                    Span.of(period, previous),
                    goals.targets(caller),
                    days.team(period),
                    all,
                    goals.leaderboards(caller) ? boards(all) : List.of());
        });
    }

    private Period recent(Period period) {
        return Period.upTo(period.to(), GRID_WEEKS * 7, period.calendar());
    }

    /**
     * @param handle with or without {@code @}
     * @throws Refusal.NotFound {@code developer.unknown}
     */
    public Profile profile(Caller caller, String handle, Period period) {
        return facts.together(caller, () -> {
            Period previous = period.previous();
            Period grid = Performance.grid(periods.last(caller, 1).to(), period.calendar());
            TeamDays days = TeamDays.read(facts, caller, Performance.around(List.of(period, previous, grid)));
            Map<String, String> handles = handles(caller, days, period, previous);
            String wanted = handle.strip().replaceFirst("^@", "");
            String id = handles.entrySet().stream()
                    .filter(entry -> entry.getValue().equals(wanted))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElseThrow(() -> Refusal.notFound(
                            "developer.unknown", "There is no developer '" + wanted + "' in this workspace."));
            DevelopersReport.Developer developer = developers(
                            caller, days, Map.of(id, wanted), period, recent(period), MANY_TASKS)
                    .getFirst();
            return new Profile(
                    Span.of(period, previous),
                    developer,
                    Performance.TRENDS.stream()
                            .filter(metric -> metric != Metric.ACTIVE_DEVELOPERS)
                            .map(metric -> new Trend(
                                    metric,
                                    metric.of(developer.now()),
                                    metric.of(developer.before()),
                                    days.daily(metric, period, Optional.of(id)),
                                    days.daily(metric, previous, Optional.of(id))))
                            .toList(),
                    grid.days().stream().map(day -> gridDay(days, id, day)).toList(),
                    agents.of(caller, period, wanted),
                    spend(caller, period, id, Dimension.MODEL),
                    spend(caller, period, id, Dimension.TASK));
        });
    }

    private static Overview.GridDay gridDay(TeamDays days, String id, LocalDate day) {
        Figures figures = days.on(day, Optional.of(id));
        return new Overview.GridDay(
                day,
                figures.events(),
                figures.tasks(),
                figures.spans(),
                figures.tokens(),
                figures.nanos(),
                figures.any() ? 1 : 0);
    }

    private List<AgentsReport.Spend> spend(Caller caller, Period period, String id, Dimension dimension) {
        List<Fact<UsageTotals>> found =
                facts.dearest(caller, period, Slice.by(dimension).of(Dimension.DEVELOPER, id), MOST_SPENDS);
        Labels.Known names = labels.of(caller, dimension, found);
        return found.stream()
                .map(fact -> new AgentsReport.Spend(
                        fact.key(),
                        names.of(fact.key()).mark(),
                        names.of(fact.key()).name(),
                        fact.figures()))
                .toList();
    }

    /** Members, and whoever left and did something in the days; by handle. */
    private Map<String, String> handles(Caller caller, TeamDays days, Period period, Period previous) {
        Map<String, String> handles = new LinkedHashMap<>();
        developers.list(caller).forEach(member -> handles.put(member.id().toString(), member.handle()));
        Set<String> gone = new TreeSet<>(days.developers());
        gone.removeAll(handles.keySet());
        gone.removeIf(id -> !days.of(id, period).any() && !days.of(id, previous).any());
        Labels.Known names = labels.ofKeys(caller, Dimension.DEVELOPER, List.copyOf(gone));
        gone.forEach(id -> handles.put(id, names.of(Optional.of(id)).mark().replaceFirst("^@", "")));
        return handles;
    }

    private List<DevelopersReport.Developer> developers(
            Caller caller, TeamDays days, Map<String, String> handles, Period period, Period grid, int most) {
        Targets targets = goals.targets(caller);
        Map<String, Around.Open> open = around.open(caller);
        Map<String, Long> blocked = around.blocked(caller);
        Map<String, List<DevelopersReport.Work>> work = ledgers.of(caller, handles.keySet(), most);
        return handles.entrySet().stream()
                .map(entry -> {
                    String id = entry.getKey();
                    Figures now = days.of(id, period);
                    Figures before = days.of(id, period.previous());
                    Around.Open sessions = open.getOrDefault(id, Around.Open.NONE);
                    List<Attainment> attainment = Attainment.of(now, 1, period.length(), targets);
                    return new DevelopersReport.Developer(
                            id,
                            entry.getValue(),
                            now,
                            before,
                            days.activeDays(id, period),
                            attainment,
                            Attainment.mean(attainment.stream()),
                            Briefs.of(new Briefs.Case(
                                    now,
                                    before,
                                    targets,
                                    period.length(),
                                    1,
                                    "&developer=" + entry.getValue(),
                                    blocked.getOrDefault(id, 0L),
                                    sessions.stale())),
                            sessions.active() + sessions.idle(),
                            sessions.stale(),
                            blocked.getOrDefault(id, 0L),
                            days.daily(Metric.EVENTS, grid, Optional.of(id)),
                            work.getOrDefault(id, List.of()));
                })
                .sorted(Comparator.comparing(DevelopersReport.Developer::handle))
                .toList();
    }

    /** Nobody is ranked by tokens, spend or activity (INS-4). */
    private static List<AgentsReport.Board> boards(List<DevelopersReport.Developer> all) {
        Leaderboards<DevelopersReport.Developer> boards =
                new Leaderboards<>(all, DevelopersReport.Developer::handle, DevelopersReport.Developer::handle);
        return List.of(
                boards.by(
                        "board-tasks",
                        "Tasks done",
                        "at least one",
                        one -> one.now().tasks() > 0,
                        one -> -(double) one.now().tasks(),
                        one -> Words.number(one.now().tasks()),
                        one -> one.before().tasks() + " before"),
                boards.by(
                        "board-cycle",
                        "Shortest cycle time",
                        "at least " + Briefs.FEWEST_TASKS + " tasks done",
                        one -> one.now().tasks() >= Briefs.FEWEST_TASKS,
                        one -> one.now().cycle().orElse(0.0),
                        one -> Words.time(one.now().cycle().orElse(0.0)),
                        one -> Words.count(one.now().tasks(), "task", "tasks")),
                boards.by(
                        "board-sessions",
                        "Sessions that got their work done",
                        "at least " + Briefs.FEWEST_ENDED + " ended sessions",
                        one -> one.now().ended() >= Briefs.FEWEST_ENDED,
                        one -> -one.now().completion().orElse(0.0),
                        one -> Words.percent(one.now().completion().orElse(0.0)),
                        one -> one.now().done() + " of " + one.now().ended()),
                boards.by(
                        "board-answers",
                        "Blockers answered, decisions made",
                        "at least one answer",
                        one -> one.now().answers() > 0,
                        one -> -(double) one.now().answers(),
                        one -> Words.number(one.now().answers()),
                        one -> one.before().answers() + " before"));
    }
}
