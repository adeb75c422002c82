package dev.covibe.console.performance;

import dev.covibe.console.charts.Point;
import dev.covibe.console.charts.Sparkline;
import dev.covibe.console.charts.Unit;
import dev.covibe.insight.performance.DayValue;
import dev.covibe.insight.performance.Metric;
import dev.covibe.insight.performance.Trend;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A metric as a page tells it: its value, how it changed, and its line.
 *
 * @param change "+20 %", "−5.1 pt", "same"; empty where there is nothing to compare with
 * @param tone "good" or "poor" where one way is better, else empty
 * @param before what it was, in words
 */
public record Figure(
        String key, String title, String value, String change, String tone, String before, Sparkline line) {

    private static final double SHARE_WORTH_A_TONE = 0.05;
    private static final double POINTS_WORTH_A_TONE = 0.01;

    static Figure of(Trend trend) {
        Metric metric = trend.metric();
        Unit unit = unit(metric);
        return new Figure(
                metric.key(),
                metric.title(),
                text(unit, trend.current()),
                change(metric, trend.current(), trend.previous()),
                tone(metric, trend.current(), trend.previous()),
                trend.previous().map(before -> unit.text(before) + " before").orElse("Nothing to compare with"),
                Sparkline.of(
                        metric.title(),
                        unit,
                        points(trend.days()).stream().map(Point::value).toList()));
    }

    static Unit unit(Metric metric) {
        return switch (metric) {
            case TASKS, ACTIVE_DEVELOPERS, SESSIONS, EVENTS, SPANS -> Unit.COUNT;
            case TOKENS -> Unit.TOKENS;
            case COST, COST_PER_TASK -> Unit.MONEY;
            case CYCLE -> Unit.TIME;
            case COMPLETION, ERRORS, ATTRIBUTION -> Unit.SHARE;
        };
    }

    static String text(Unit unit, Optional<Double> value) {
        return value.map(unit::text).orElse("–");
    }

    /** By how much it became more or less; shares by percentage points, so that no share of a share needs explaining. */
    static String change(Metric metric, Optional<Double> now, Optional<Double> before) {
        if (now.isEmpty() || before.isEmpty()) {
            return "";
        }
        if (unit(metric) == Unit.SHARE) {
            double points = Math.rint(1000 * (now.get() - before.get())) / 10;
            return points == 0 ? "same" : sign(points) + Unit.COUNT.text(Math.abs(points)) + " pt";
        }
        return before.get() == 0 ? "" : change((now.get() - before.get()) / before.get());
    }

    /** @param share 0.2 is a fifth more */
    static String change(double share) {
        long percent = Math.round(share * 100);
        if (percent == 0) {
            return "same";
        }
        return percent > 999
                ? "× " + String.format(Locale.ENGLISH, "%.0f", share + 1)
                : sign(percent) + Math.abs(percent) + " %";
    }

    private static String sign(double change) {
        return change > 0 ? "+" : "−";
    }

    /** Small changes have none: they come and go by themselves. */
    static String tone(Metric metric, Optional<Double> now, Optional<Double> before) {
        if (now.isEmpty() || before.isEmpty()) {
            return "";
        }
        double change = now.get() - before.get();
        double worthIt = unit(metric) == Unit.SHARE ? POINTS_WORTH_A_TONE : SHARE_WORTH_A_TONE * before.get();
        if (Math.abs(change) < worthIt || change == 0) {
            return "";
        }
        return switch (metric.better()) {
            case MORE -> change > 0 ? "good" : "poor";
            case LESS -> change > 0 ? "poor" : "good";
            case NEITHER -> "";
        };
    }

    static List<Point> points(List<DayValue> days) {
        return days.stream()
                .map(day -> new Point(day.day(), day.value().orElse(Double.NaN)))
                .toList();
    }
}
