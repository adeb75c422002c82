package dev.covibe.console.performance;

import dev.covibe.console.charts.HeatGrid;
import dev.covibe.console.charts.Point;
import dev.covibe.console.charts.Unit;
import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.Numbers;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.Who;
import dev.covibe.insight.performance.DevelopersReport;
import dev.covibe.insight.performance.Figures;
import dev.covibe.insight.performance.Metric;
import dev.covibe.insight.performance.Profile;
import dev.covibe.insight.performance.Trend;
import dev.covibe.tenancy.Calendar;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Draws one developer's profile. */
final class ProfileDrawing {

    private static final List<Metric> GRID =
            List.of(Metric.EVENTS, Metric.TASKS, Metric.SPANS, Metric.TOKENS, Metric.COST);
    private static final int SQUARE = 13;

    private final Profile profile;
    private final People people;
    private final Calendar calendar;
    private final Periodical period;
    private final Metric metric;
    private final Metric charted;
    private final Instant now;

    ProfileDrawing(
            Profile profile,
            People people,
            Calendar calendar,
            Optional<String> from,
            Optional<Metric> metric,
            Optional<Metric> chart,
            Instant now) {
        this.profile = profile;
        this.people = people;
        this.calendar = calendar;
        this.metric = metric.filter(GRID::contains).orElse(Metric.EVENTS);
        this.charted = chart.filter(
                        wanted -> profile.trends().stream().map(Trend::metric).anyMatch(wanted::equals))
                .orElse(Metric.TASKS);
        this.period = Periodical.of(
                "/performance/developers/" + profile.developer().handle(),
                "&metric=" + this.metric.key() + "&chart=" + this.charted.key(),
                profile.span(),
                from);
        this.now = now;
    }

    ProfileView view(List<Rows.Session> sessions) {
        String handle = profile.developer().handle();
        Who who = Developers.who(people, handle);
        Trends trends = new Trends(profile.trends());
        return new ProfileView(
                period,
                who,
                people.name(handle),
                Developers.lead(profile.developer()) + ". "
                        + profile.developer().activeDays() + " of "
                        + profile.span().days() + " days active"
                        + (profile.developer().open() == 0
                                ? "."
                                : ", " + Numbers.grouped(profile.developer().open()) + " open now."),
                profile.developer().brief(),
                Developers.meters(profile.developer()),
                trends.lead(),
                trends.others(),
                profile.trends().stream()
                        .map(trend -> new Choice(
                                address(metric, trend.metric()) + "#trend",
                                trend.metric().title(),
                                trend.metric() == charted))
                        .toList(),
                trends.chart(charted, profile.span().timeZone()),
                GRID.stream()
                        .map(one -> new Choice(address(one, charted) + "#grid", one.title(), one == metric))
                        .toList(),
                grid(),
                facts(profile.developer()),
                Developers.work(profile.developer(), now),
                sessions,
                "/workstreams/sessions?developer=" + handle,
                profile.agents().stream()
                        .map(agent ->
                                SpendDrawing.agent(agent, people, profile.span().days()))
                        .toList(),
                SpendDrawing.ranking("spend-model", "By model", profile.byModel()),
                SpendDrawing.ranking("spend-task", "By task", profile.byTask()));
    }

    private List<ProfileView.Fact> facts(DevelopersReport.Developer developer) {
        Figures now = developer.now();
        return List.of(
                new ProfileView.Fact(
                        "Days active",
                        developer.activeDays() + " of " + profile.span().days()),
                new ProfileView.Fact("Time in sessions", Unit.TIME.text(now.seconds())),
                new ProfileView.Fact(
                        "Sessions ended with their work done",
                        Numbers.grouped(now.done()) + " of " + Numbers.grouped(now.ended())),
                new ProfileView.Fact("Calls to models", Numbers.grouped(now.calls())),
                new ProfileView.Fact("Calls of tools", Numbers.grouped(now.tools())),
                new ProfileView.Fact("Calls that failed", Numbers.grouped(now.failedCalls() + now.toolErrors())),
                new ProfileView.Fact("Blockers answered, decisions made", Numbers.grouped(now.answers())),
                new ProfileView.Fact("Open sessions now", Numbers.grouped(developer.open())),
                new ProfileView.Fact("Open blockers now", Numbers.grouped(developer.blocked())));
    }

    private String address(Metric grid, Metric chart) {
        return period.path() + "?" + period.query() + "&metric=" + grid.key() + "&chart=" + chart.key();
    }

    private HeatGrid grid() {
        return HeatGrid.of(
                "developer-grid",
                metric.title(),
                Figure.unit(metric),
                calendar.weekStart(),
                SQUARE,
                OverviewDrawing.sinceSomething(profile.grid()).stream()
                        .map(day -> new Point(
                                day.day(), OverviewDrawing.value(metric).applyAsDouble(day)))
                        .toList(),
                profile.grid().getFirst().day().minusDays(1),
                day -> "");
    }
}
