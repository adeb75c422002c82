package dev.covibe.console.performance;

import dev.covibe.console.charts.HeatGrid;
import dev.covibe.console.charts.Meter;
import dev.covibe.console.charts.Unit;
import dev.covibe.console.frame.Money;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;
import dev.covibe.insight.performance.Attainment;
import dev.covibe.insight.performance.DevelopersReport;
import dev.covibe.insight.performance.Figures;
import dev.covibe.insight.performance.Metric;
import dev.covibe.tenancy.Calendar;
import dev.covibe.work.TaskStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the pages of developers share: meters, grids, ledgers. */
final class Developers {

    private static final int SQUARE = 11;

    private Developers() {}

    static Who who(People people, String handle) {
        return people.who(handle, Optional.empty());
    }

    static String address(String handle, Periodical period) {
        return "/performance/developers/" + handle + "?" + period.query();
    }

    static List<Meter> meters(DevelopersReport.Developer developer) {
        return developer.attainment().stream().map(Developers::meter).toList();
    }

    private static Meter meter(Attainment attainment) {
        String label = attainment.metric() == Metric.TASKS
                ? "Tasks a week"
                : attainment.metric().title();
        String target = (attainment.metric().better() == Metric.Better.LESS ? "at most " : "")
                + text(attainment.metric(), attainment.target());
        return attainment.share().isEmpty()
                ? Meter.unknown(label, target)
                : Meter.of(
                        label,
                        attainment.share().get(),
                        text(attainment.metric(), attainment.value().orElseThrow()),
                        target);
    }

    private static String text(Metric metric, double value) {
        return metric == Metric.TASKS
                ? Unit.COUNT.text(Math.round(value * 10) / 10.0)
                : Figure.unit(metric).text(value);
    }

    static HeatGrid grid(DevelopersReport.Developer developer, Calendar calendar) {
        return HeatGrid.of(
                "grid-" + developer.handle(),
                "Events of @" + developer.handle(),
                Unit.COUNT,
                calendar.weekStart(),
                SQUARE,
                Figure.points(developer.days()),
                developer.days().getFirst().day().minusDays(1),
                day -> "");
    }

    static List<DevelopersView.Work> work(DevelopersReport.Developer developer, Instant now) {
        return developer.tasks().stream()
                .map(task -> new DevelopersView.Work(
                        task.key(),
                        task.title(),
                        task.status(),
                        TaskStatus.of(task.status()).title(),
                        task.cycleSeconds()
                                .map(seconds -> Unit.TIME.text(seconds))
                                .orElse(""),
                        task.tokens() == 0 && task.nanos().signum() == 0 ? "" : Money.of(task.nanos()),
                        When.of(task.updatedAt(), now)))
                .toList();
    }

    /** One line that says how things stand. */
    static String lead(DevelopersReport.Developer developer) {
        Figures now = developer.now();
        return Unit.COUNT.text(now.tasks()) + (now.tasks() == 1 ? " task" : " tasks") + " done, "
                + Unit.COUNT.text(now.sessions()) + (now.sessions() == 1 ? " session" : " sessions") + ", "
                + Money.of(now.nanos());
    }

    static String counts(DevelopersReport.Developer developer) {
        int wins = developer.brief().wins().size();
        int risks = developer.brief().risks().size();
        return wins + (wins == 1 ? " win, " : " wins, ") + risks + (risks == 1 ? " risk" : " risks");
    }

    static String mean(DevelopersReport.Developer developer) {
        return developer.attained().map(Unit.SHARE::text).orElse("Not told");
    }
}
