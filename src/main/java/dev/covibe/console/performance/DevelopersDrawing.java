package dev.covibe.console.performance;

import dev.covibe.console.frame.People;
import dev.covibe.insight.performance.DevelopersReport;
import dev.covibe.insight.performance.Metric;
import dev.covibe.tenancy.Calendar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Draws developers beside one another. */
final class DevelopersDrawing {

    private static final List<Metric> COLUMNS = List.of(
            Metric.TASKS,
            Metric.CYCLE,
            Metric.SESSIONS,
            Metric.COMPLETION,
            Metric.ERRORS,
            Metric.EVENTS,
            Metric.TOKENS,
            Metric.COST,
            Metric.COST_PER_TASK,
            Metric.ATTRIBUTION);

    private static final int LEVELS = 4;

    private final DevelopersReport report;
    private final People people;
    private final Calendar calendar;
    private final Periodical period;
    private final Optional<Metric> sort;
    private final Instant now;

    DevelopersDrawing(
            DevelopersReport report,
            People people,
            Calendar calendar,
            Optional<String> from,
            Optional<Metric> sort,
            Instant now) {
        this.report = report;
        this.people = people;
        this.calendar = calendar;
        this.sort = sort.filter(COLUMNS::contains);
        this.period = Periodical.of(
                DevelopersPage.HERE,
                this.sort.map(metric -> "&sort=" + metric.key()).orElse(""),
                report.span(),
                from);
        this.now = now;
    }

    DevelopersView view() {
        return new DevelopersView(
                period,
                state(),
                heads(),
                matrix(),
                report.developers().stream()
                        .limit(1)
                        .flatMap(any -> Developers.meters(any).stream())
                        .map(meter -> new DevelopersView.Target(meter.label(), meter.target()))
                        .toList(),
                report.developers().stream()
                        .map(developer -> new DevelopersView.Attained(
                                Developers.who(people, developer.handle()),
                                Developers.address(developer.handle(), period),
                                Developers.mean(developer),
                                Developers.meters(developer)))
                        .toList(),
                report.boards(),
                !report.boards().isEmpty(),
                cards());
    }

    private String state() {
        long active = report.developers().stream()
                .filter(developer -> developer.now().any())
                .count();
        long risky = report.developers().stream()
                .filter(developer -> !developer.brief().risks().isEmpty())
                .count();
        return active + " of " + report.developers().size() + " developers active; a rule finds a risk with "
                + (risky == 0 ? "none" : String.valueOf(risky)) + ".";
    }

    private List<DevelopersView.Head> heads() {
        return COLUMNS.stream()
                .map(metric -> new DevelopersView.Head(
                        metric.key(),
                        metric.title(),
                        DevelopersPage.HERE + "?" + period.query() + "&sort=" + metric.key() + "#matrix",
                        sort.filter(metric::equals).isPresent() ? "descending" : ""))
                .toList();
    }

    /** By handle, unless the reader asks for another order. */
    private List<DevelopersView.Row> matrix() {
        Map<Metric, Double> greatest = new HashMap<>();
        COLUMNS.forEach(metric -> greatest.put(
                metric,
                report.developers().stream()
                        .flatMap(developer -> metric.of(developer.now()).stream())
                        .max(Double::compare)
                        .orElse(0.0)));
        List<DevelopersReport.Developer> order = new ArrayList<>(report.developers());
        sort.ifPresent(metric -> order.sort(Comparator.comparing((DevelopersReport.Developer developer) ->
                        -metric.of(developer.now()).orElse(-1.0))
                .thenComparing(DevelopersReport.Developer::handle)));
        return order.stream()
                .map(developer -> new DevelopersView.Row(
                        Developers.who(people, developer.handle()),
                        Developers.address(developer.handle(), period),
                        COLUMNS.stream()
                                .map(metric -> cell(developer, metric, greatest.get(metric)))
                                .toList()))
                .toList();
    }

    private static DevelopersView.Cell cell(DevelopersReport.Developer developer, Metric metric, double greatest) {
        Optional<Double> value = metric.of(developer.now());
        Optional<Double> before = metric.of(developer.before());
        return new DevelopersView.Cell(
                metric.title(),
                Figure.text(Figure.unit(metric), value),
                Figure.change(metric, value, before),
                Figure.tone(metric, value, before),
                value.filter(present -> present > 0 && greatest > 0)
                        .map(present -> (int) Math.max(1, Math.ceil(LEVELS * present / greatest)))
                        .orElse(0));
    }

    /** Those with most risks first; the first stands open. */
    private List<DevelopersView.Card> cards() {
        List<DevelopersReport.Developer> order = report.developers().stream()
                .sorted(Comparator.comparing(
                        developer -> -developer.brief().risks().size()))
                .toList();
        return order.stream()
                .map(developer -> new DevelopersView.Card(
                        Developers.who(people, developer.handle()),
                        Developers.address(developer.handle(), period),
                        Developers.lead(developer),
                        Developers.counts(developer),
                        developer.brief(),
                        Developers.grid(developer, calendar),
                        Developers.work(developer, now),
                        developer == order.getFirst()))
                .toList();
    }
}
