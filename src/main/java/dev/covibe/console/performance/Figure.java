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
 * @param change "+20 %", "−5 %", "same"; empty where there is nothing to compare with
 * @param tone "good" or "poor" where one way is better, else empty
 * @param before what it was, in words
 */
public record Figure(
        String key, String title, String value, String change, String tone, String before, Sparkline line) {

    static Figure of(Trend trend) {
        Metric metric = trend.metric();
        Unit unit = unit(metric);
        return new Figure(
                metric.key(),
                metric.title(),
                text(unit, trend.current()),
                change(trend.change()),
                tone(metric, trend.change()),
                trend.previous().map(before -> unit.text(before) + " before").orElse("Nothing to compare with"),
                Sparkline.of(
                        metric.title(),
                        unit,
                        trend.days().stream().map(DayValue::value).toList()));
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

    static String change(Optional<Double> change) {
        return change.map(share -> {
                    long percent = Math.round(share * 100);
                    if (percent == 0) {
                        return "same";
                    }
                    return percent > 999
                            ? "× " + String.format(Locale.ENGLISH, "%.0f", share + 1)
                            : (percent > 0 ? "+" : "−") + Math.abs(percent) + " %";
                })
                .orElse("");
    }

    static String tone(Metric metric, Optional<Double> change) {
        if (change.isEmpty() || Math.round(change.get() * 100) == 0) {
            return "";
        }
        boolean more = change.get() > 0;
        return switch (metric.better()) {
            case MORE -> more ? "good" : "poor";
            case LESS -> more ? "poor" : "good";
            case NEITHER -> "";
        };
    }

    static List<Point> points(List<DayValue> days) {
        return days.stream().map(day -> new Point(day.day(), day.value())).toList();
    }
}
