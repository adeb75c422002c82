package dev.covibe.console.performance;

import dev.covibe.console.charts.HeatGrid;
import dev.covibe.console.charts.Meter;
import dev.covibe.console.charts.Point;
import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.Numbers;
import dev.covibe.console.frame.People;
import dev.covibe.insight.performance.Metric;
import dev.covibe.insight.performance.Overview;
import dev.covibe.insight.performance.Scorecard;
import dev.covibe.insight.performance.Trend;
import dev.covibe.tenancy.Calendar;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Draws the overview: the report in words, lines and squares. */
final class OverviewDrawing {

    /** What a week is told in. */
    private static final List<Metric> PULSE =
            List.of(Metric.TASKS, Metric.CYCLE, Metric.COMPLETION, Metric.ERRORS, Metric.COST);

    /** What the grid of days offers. */
    private static final List<Metric> GRID =
            List.of(Metric.EVENTS, Metric.TASKS, Metric.SPANS, Metric.TOKENS, Metric.COST, Metric.ACTIVE_DEVELOPERS);

    private static final List<Metric> DAY_COLUMNS =
            List.of(Metric.EVENTS, Metric.TASKS, Metric.SPANS, Metric.TOKENS, Metric.COST);

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("EEEE, d MMMM yyyy", Locale.ENGLISH);
    private static final int SQUARE = 13;
    private static final int LARGE_SQUARE = 18;
    private static final int FEWEST_DAYS = 12 * 7;

    private final Overview overview;
    private final Calendar calendar;
    private final Metric metric;
    private final Metric charted;
    private final LocalDate day;
    private final People people;
    private final Periodical period;

    OverviewDrawing(
            Overview overview,
            People people,
            Calendar calendar,
            Optional<String> from,
            Optional<String> metric,
            Optional<String> chart) {
        this.overview = overview;
        this.people = people;
        this.calendar = calendar;
        this.metric = metric.flatMap(Metric::of).filter(GRID::contains).orElse(Metric.EVENTS);
        this.charted = chart.flatMap(Metric::of).orElse(Metric.TASKS);
        this.day = overview.day().day();
        String kept = (this.metric == Metric.EVENTS ? "" : "&metric=" + this.metric.key())
                + (this.charted == Metric.TASKS ? "" : "&chart=" + this.charted.key());
        this.period = Periodical.of(OverviewPage.HERE, kept, overview.span(), from);
    }

    OverviewView view() {
        Trends trends = new Trends(overview.trends());
        return new OverviewView(
                period,
                state(),
                overview.grid().stream().allMatch(one -> one.events() == 0 && one.tokens() == 0)
                        && !overview.current().any(),
                "npm exec -- covibe-local setup",
                waiting(),
                new OverviewView.Pulse(
                        Periodical.words(
                                overview.pulse().span().from(),
                                overview.pulse().span().to()),
                        Periodical.words(
                                overview.pulse().span().previousFrom(),
                                overview.pulse().span().previousTo()),
                        overview.pulse().sentence(),
                        PULSE.stream().map(this::pulse).toList(),
                        overview.pulse().brief()),
                overview.scorecards().stream().map(OverviewDrawing::card).toList(),
                trends.lead(),
                trends.others(),
                overview.trends().stream()
                        .map(trend -> new Choice(
                                address("&chart=" + trend.metric().key()
                                                + (metric == Metric.EVENTS ? "" : "&metric=" + metric.key()))
                                        + "#trend",
                                trend.metric().title(),
                                trend.metric() == charted))
                        .toList(),
                trends.chart(charted, overview.span().timeZone()),
                GRID.stream()
                        .map(one -> new Choice(
                                address("&metric=" + one.key() + kept("chart") + "&day=" + day) + "#grid",
                                one.title(),
                                one == metric))
                        .toList(),
                grid(),
                dayView(),
                address("") + "#grid");
    }

    private Figure pulse(Metric one) {
        return Figure.of(new Trend(
                one, one.of(overview.pulse().current()), one.of(overview.pulse().previous()), List.of(), List.of()));
    }

    private String kept(String what) {
        return what.equals("chart") && charted != Metric.TASKS ? "&chart=" + charted.key() : "";
    }

    private String address(String more) {
        return OverviewPage.HERE + "?" + period.query() + more;
    }

    private String state() {
        List<String> parts = new ArrayList<>();
        overview.scorecards().stream()
                .filter(card -> card.state().equals("act"))
                .forEach(card -> parts.add(card.title()));
        String cards = parts.isEmpty()
                ? overview.scorecards().stream().anyMatch(card -> card.state().equals("watch"))
                        ? "Nothing is far from its target"
                        : "On target in everything that is known"
                : String.join(" and ", parts) + (parts.size() == 1 ? " is" : " are") + " far from target";
        long waits = overview.waiting().all();
        return cards
                + (waits == 0
                        ? "; nothing waits for you."
                        : "; " + waits + (waits == 1 ? " thing waits." : " things wait."));
    }

    private List<OverviewView.Wait> waiting() {
        Overview.Waiting waiting = overview.waiting();
        return List.of(
                wait(waiting.alerts(), "alert", "alerts", "/performance/diagnostics#alerts", "bad"),
                wait(waiting.blockers(), "blocker", "blockers", "/coordination", "bad"),
                wait(waiting.decisions(), "decision wanted", "decisions wanted", "/coordination", "warn"),
                wait(
                        waiting.staleSessions(),
                        "stale session",
                        "stale sessions",
                        "/performance/diagnostics?find=sessions&status=stale#find",
                        "warn"),
                wait(waiting.activeSessions(), "session open", "sessions open", "/performance/diagnostics#live", ""));
    }

    private static OverviewView.Wait wait(long count, String one, String many, String address, String tone) {
        return new OverviewView.Wait(Numbers.grouped(count), count == 1 ? one : many, address, count == 0 ? "" : tone);
    }

    static OverviewView.Card card(Scorecard card) {
        String tone =
                switch (card.state()) {
                    case "on-target" -> "ok";
                    case "watch" -> "warn";
                    case "act" -> "bad";
                    default -> "";
                };
        String word =
                switch (card.state()) {
                    case "on-target" -> "On target";
                    case "watch" -> "Watch";
                    case "act" -> "Act";
                    default -> "Not known";
                };
        return new OverviewView.Card(
                card.key(),
                card.title(),
                card.points().map(String::valueOf).orElse("–"),
                tone,
                word,
                card.parts().stream()
                        .map(part -> new OverviewView.Part(
                                part.name(),
                                part.words(),
                                Math.round(part.share().orElse(0.0) * 1000) / 10.0,
                                part.share().map(Meter::tone).orElse("")))
                        .toList());
    }

    private HeatGrid grid() {
        ToDoubleFunction<Overview.GridDay> value = value(metric);
        List<Overview.GridDay> shown = sinceSomething(overview.grid());
        return HeatGrid.of(
                "team-grid",
                metric.title(),
                Figure.unit(metric),
                calendar.weekStart(),
                shown.size() > 7 * 16 ? SQUARE : LARGE_SQUARE,
                shown.stream()
                        .map(one -> new Point(one.day(), value.applyAsDouble(one)))
                        .toList(),
                day,
                one -> address("&day=" + one + period.kept()) + "#grid");
    }

    /** Weeks before anything happened say nothing, but a few stay, so that the grid has its shape. */
    static List<Overview.GridDay> sinceSomething(List<Overview.GridDay> days) {
        int first = 0;
        while (first < days.size()
                && days.get(first).events() == 0
                && days.get(first).tokens() == 0) {
            first++;
        }
        return days.subList(Math.min(first / 7 * 7, Math.max(0, (days.size() - FEWEST_DAYS) / 7 * 7)), days.size());
    }

    static ToDoubleFunction<Overview.GridDay> value(Metric metric) {
        return switch (metric) {
            case TASKS -> Overview.GridDay::tasks;
            case SPANS -> Overview.GridDay::spans;
            case TOKENS -> Overview.GridDay::tokens;
            case COST -> one -> one.nanos().doubleValue();
            case ACTIVE_DEVELOPERS -> Overview.GridDay::activeDevelopers;
            default -> Overview.GridDay::events;
        };
    }

    private OverviewView.Day dayView() {
        Overview.GridDay chosen = overview.grid().stream()
                .filter(one -> one.day().equals(day))
                .findFirst()
                .orElseThrow();
        boolean first = day.equals(overview.grid().getFirst().day());
        boolean last = day.equals(overview.grid().getLast().day());
        return new OverviewView.Day(
                DAY.format(day),
                first ? "" : address("&day=" + day.minusDays(1) + period.kept()) + "#grid",
                last ? "" : address("&day=" + day.plusDays(1) + period.kept()) + "#grid",
                chosen.activeDevelopers() == 0
                        ? "Nobody was active."
                        : chosen.activeDevelopers()
                                + (chosen.activeDevelopers() == 1 ? " developer active" : " developers active"),
                DAY_COLUMNS.stream().map(Metric::title).toList(),
                overview.day().developers().stream().map(this::dayRow).toList(),
                DAY_COLUMNS.stream()
                        .map(one -> Figure.unit(one).text(value(one).applyAsDouble(chosen)))
                        .toList());
    }

    private OverviewView.DayRow dayRow(Overview.DayDeveloper one) {
        Overview.GridDay figures =
                new Overview.GridDay(day, one.events(), one.tasks(), one.spans(), one.tokens(), one.nanos(), 1);
        return new OverviewView.DayRow(
                one.handle().isEmpty() ? Optional.empty() : Optional.of(Developers.who(people, one.handle())),
                one.handle().isEmpty() ? "" : Developers.address(one.handle(), period),
                DAY_COLUMNS.stream()
                        .map(column -> {
                            double known = value(column).applyAsDouble(figures);
                            return known == 0 ? "–" : Figure.unit(column).text(known);
                        })
                        .toList());
    }
}
