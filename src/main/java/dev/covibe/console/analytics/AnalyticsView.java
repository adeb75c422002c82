package dev.covibe.console.analytics;

import dev.covibe.console.charts.BarChart;
import dev.covibe.console.charts.Point;
import dev.covibe.console.charts.Unit;
import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.Days;
import dev.covibe.console.frame.Money;
import dev.covibe.console.frame.Numbers;
import dev.covibe.insight.analytics.Grouping;
import dev.covibe.insight.analytics.Report;
import dev.covibe.insight.analytics.SavedViews;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The page of analytics.
 *
 * @param state the range in words
 * @param from the first day, for the form
 * @param range the days of a range that moves with today, empty for fixed days
 * @param query this view's address behind the question mark
 * @param empty whether nothing at all happened in these days
 * @param chart a bar for each day
 */
record AnalyticsView(
        String state,
        String from,
        String to,
        String range,
        String by,
        String byTitle,
        boolean hasCompletions,
        String query,
        List<Choice> groupings,
        List<Choice> ranges,
        boolean empty,
        List<Tile> tiles,
        List<Tile> health,
        List<Line> lines,
        BarChart chart,
        List<SavedViews.View> views,
        String error) {

    /**
     * @param note what it was before, or what it is made of
     * @param source the part of the docs that says where it comes from
     */
    record Tile(String label, String value, String note, String source) {}

    /** @param share of the largest, 0 to 100 */
    record Line(
            String key,
            String name,
            String cost,
            int share,
            String tokens,
            String sessions,
            String completions,
            String cycle) {}

    static AnalyticsView of(
            Report report,
            Grouping by,
            List<Choice> groupings,
            List<Choice> ranges,
            String query,
            List<SavedViews.View> views,
            String error) {
        Report.Figures total = report.total();
        boolean empty = total.sessions() == 0
                && total.tokens() == 0
                && total.completions().orElse(0L) == 0
                && report.health().warnings() == 0
                && report.health().blockersRaised() == 0;
        return new AnalyticsView(
                Days.of(report.from()) + " to " + Days.of(report.to()) + ", " + report.timeZone(),
                report.from().toString(),
                report.to().toString(),
                query.contains("range=") ? query.substring(query.lastIndexOf('=') + 1) : "",
                by.key(),
                by.title(),
                by.hasCompletions(),
                query,
                groupings,
                ranges,
                empty,
                tiles(total, report.previous()),
                health(report.health()),
                lines(report),
                chart(report),
                views,
                error);
    }

    private static List<Tile> tiles(Report.Figures now, Report.Figures before) {
        return List.of(
                new Tile("Cost", Money.of(now.costNanos()), before(Money.of(before.costNanos())), "metrics#cost"),
                new Tile(
                        "Tokens",
                        Numbers.tokens(now.tokens()),
                        before(Numbers.tokens(before.tokens())),
                        "metrics#tokens"),
                new Tile(
                        "Sessions",
                        Numbers.grouped(now.sessions()),
                        before(Numbers.grouped(before.sessions())),
                        "metrics#sessions"),
                new Tile(
                        "Tasks done",
                        Numbers.grouped(now.completions().orElse(0L)),
                        before(Numbers.grouped(before.completions().orElse(0L))),
                        "metrics#tasks"),
                new Tile("Cycle time", cycle(now), before(cycle(before)), "metrics#cycle"));
    }

    private static String before(String value) {
        return value.equals("None") ? "none before" : value + " before";
    }

    private static String cycle(Report.Figures figures) {
        return figures.cycleSeconds().map(AnalyticsView::words).orElse("None");
    }

    private static String words(long seconds) {
        Duration time = Duration.ofSeconds(seconds);
        if (time.toMinutes() < 60) {
            return time.toMinutes() + " min";
        }
        return time.toHours() < 24
                ? String.format(Locale.ENGLISH, "%.1f h", time.toMinutes() / 60.0)
                : String.format(Locale.ENGLISH, "%.1f d", time.toHours() / 24.0);
    }

    private static List<Tile> health(Report.Health health) {
        return List.of(
                new Tile(
                        "Overlap precision",
                        health.precision()
                                .map(share -> Math.round(share * 100) + " %")
                                .orElse("None"),
                        health.warnings() + " warnings: " + health.same() + " the same, " + health.confirmed()
                                + " confirmed, " + health.dismissed() + " dismissed",
                        "analytics#overlap-precision"),
                new Tile(
                        "Blockers",
                        health.blockersRaised() + " raised",
                        health.blockersAnswered() + " answered" + median(health.blockersHours()),
                        "analytics#blockers-and-decisions"),
                new Tile(
                        "Decisions",
                        health.decisionsAsked() + " asked",
                        health.decisionsMade() + " made" + median(health.decisionsHours()),
                        "analytics#blockers-and-decisions"));
    }

    private static String median(Optional<Double> hours) {
        return hours.map(value -> ", half of them within " + words((long) (value * 3600)))
                .orElse("");
    }

    private static List<Line> lines(Report report) {
        BigInteger most = report.rows().stream()
                .map(row -> row.figures().costNanos())
                .max(Comparator.naturalOrder())
                .orElse(BigInteger.ZERO);
        return report.rows().stream()
                .map(row -> new Line(
                        row.key(),
                        row.name(),
                        Money.of(row.figures().costNanos()),
                        share(row.figures().costNanos(), most, 100),
                        Numbers.tokens(row.figures().tokens()),
                        Numbers.grouped(row.figures().sessions()),
                        row.figures().completions().map(Numbers::grouped).orElse(""),
                        row.figures().cycleSeconds().map(AnalyticsView::words).orElse("")))
                .toList();
    }

    private static int share(BigInteger part, BigInteger whole, int of) {
        return whole.signum() <= 0
                ? 0
                : part.multiply(BigInteger.valueOf(of)).divide(whole).intValue();
    }

    /** A bar for each day of the range, also for those on which nothing was spent. */
    private static BarChart chart(Report report) {
        Map<LocalDate, BigInteger> costs = new HashMap<>();
        report.days().forEach(day -> costs.put(day.day(), day.costNanos()));
        List<Point> points = report.from()
                .datesUntil(report.to().plusDays(1))
                .map(day ->
                        new Point(day, costs.getOrDefault(day, BigInteger.ZERO).doubleValue()))
                .toList();
        return BarChart.of("cost-by-day", "Cost", Unit.MONEY, report.timeZone(), points);
    }
}
