package dev.covibe.insight.performance;

import dev.covibe.identity.Caller;
import dev.covibe.insight.facts.Dimension;
import dev.covibe.insight.facts.Facts;
import dev.covibe.insight.facts.Labels;
import dev.covibe.insight.facts.Period;
import dev.covibe.insight.facts.Periods;
import dev.covibe.tenancy.Calendar;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the team does: the first section of the page that a manager reads (CON-2). The same data give the same report. */
@ApplicationScoped
public class Performance {

    /** What trends are told of, the most telling first. */
    static final List<Metric> TRENDS = List.of(
            Metric.TASKS,
            Metric.CYCLE,
            Metric.ACTIVE_DEVELOPERS,
            Metric.SESSIONS,
            Metric.COMPLETION,
            Metric.ERRORS,
            Metric.COST,
            Metric.COST_PER_TASK,
            Metric.TOKENS,
            Metric.ATTRIBUTION,
            Metric.EVENTS,
            Metric.SPANS);

    private static final int GRID_WEEKS = 26;

    private final Facts facts;
    private final Labels labels;
    private final Periods periods;
    private final Around around;
    private final Goals goals;

    Performance(Facts facts, Labels labels, Periods periods, Around around, Goals goals) {
        this.facts = facts;
        this.labels = labels;
        this.periods = periods;
        this.around = around;
        this.goals = goals;
    }

    public Overview overview(Caller caller, Period period) {
        return overview(caller, period, Optional.empty());
    }

    /** @param day of the last half year that is looked at closely; the last day if absent or none of them */
    public Overview overview(Caller caller, Period period, Optional<LocalDate> day) {
        return facts.together(caller, () -> {
            Period previous = period.previous();
            Period week = periods.week(caller);
            Period lastWeek = sameDaysBefore(week);
            Period grid = grid(periods.last(caller, 1).to(), period.calendar());
            TeamDays days = TeamDays.read(facts, caller, around(List.of(period, previous, week, lastWeek, grid)));
            Targets targets = goals.targets(caller);
            Figures current = days.team(period);
            Overview.Waiting waiting = around.waiting(caller);
            return new Overview(
                    Span.of(period, previous),
                    current,
                    days.team(previous),
                    TRENDS.stream()
                            .map(metric -> trend(days, metric, period, previous))
                            .toList(),
                    pulse(days, week, lastWeek, targets, waiting),
                    Scorecards.of(
                            Attainment.of(current, days.active(period), period.length(), targets),
                            around.together(caller, period)),
                    waiting,
                    grid.days().stream().map(one -> gridDay(days, one, grid)).toList(),
                    day(caller, days, day.filter(grid.days()::contains).orElse(grid.to())));
        });
    }

    /** Full weeks up to the day. */
    static Period grid(LocalDate today, Calendar calendar) {
        return new Period(calendar.week(today).minusWeeks(GRID_WEEKS - 1L), today, calendar);
    }

    private static Period sameDaysBefore(Period week) {
        return new Period(week.from().minusWeeks(1), week.to().minusWeeks(1), week.calendar());
    }

    static Period around(List<Period> periods) {
        return new Period(
                periods.stream().map(Period::from).min(LocalDate::compareTo).orElseThrow(),
                periods.stream().map(Period::to).max(LocalDate::compareTo).orElseThrow(),
                periods.getFirst().calendar());
    }

    static Trend trend(TeamDays days, Metric metric, Period period, Period previous) {
        return new Trend(
                metric,
                days.of(metric, period),
                days.of(metric, previous),
                days.daily(metric, period, Optional.empty()),
                days.daily(metric, previous, Optional.empty()));
    }

    private static Overview.GridDay gridDay(TeamDays days, LocalDate day, Period grid) {
        Figures figures = days.on(day, Optional.empty());
        return new Overview.GridDay(
                day,
                figures.events(),
                figures.tasks(),
                figures.spans(),
                figures.tokens(),
                figures.nanos(),
                days.active(new Period(day, day, grid.calendar())));
    }

    private Overview.Day day(Caller caller, TeamDays days, LocalDate day) {
        Map<String, Figures> known = days.on(day);
        Labels.Known names = labels.ofKeys(
                caller,
                Dimension.DEVELOPER,
                known.keySet().stream()
                        .filter(id -> !id.equals(TeamDays.NOBODY))
                        .toList());
        return new Overview.Day(
                day,
                known.entrySet().stream()
                        .filter(entry -> entry.getValue().any())
                        .map(entry -> dayDeveloper(
                                entry.getKey().equals(TeamDays.NOBODY)
                                        ? ""
                                        : names.of(Optional.of(entry.getKey()))
                                                .mark()
                                                .replaceFirst("^@", ""),
                                entry.getValue()))
                        .sorted(Comparator.comparing(Overview.DayDeveloper::handle, Performance::nobodyLast))
                        .toList());
    }

    private static int nobodyLast(String one, String other) {
        return one.isEmpty() || other.isEmpty()
                ? Boolean.compare(one.isEmpty(), other.isEmpty())
                : one.compareTo(other);
    }

    private static Overview.DayDeveloper dayDeveloper(String handle, Figures figures) {
        return new Overview.DayDeveloper(
                handle, figures.events(), figures.tasks(), figures.spans(), figures.tokens(), figures.nanos());
    }

    private static Overview.Pulse pulse(
            TeamDays days, Period week, Period lastWeek, Targets targets, Overview.Waiting waiting) {
        Figures now = days.team(week);
        Figures before = days.team(lastWeek);
        Brief brief = Briefs.of(new Briefs.Case(
                now,
                before,
                targets,
                week.length(),
                days.active(week),
                "",
                waiting.blockers(),
                waiting.staleSessions()));
        String sentence = Words.count(now.tasks(), "task", "tasks") + " done by "
                + Words.count(days.active(week), "active developer", "active developers") + " in "
                + Words.count(now.sessions(), "session", "sessions") + ", for "
                + Words.dollars(now.nanos().doubleValue())
                + ".";
        return new Overview.Pulse(Span.of(week, lastWeek), now, before, sentence, brief);
    }
}
