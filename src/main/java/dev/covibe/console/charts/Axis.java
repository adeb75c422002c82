package dev.covibe.console.charts;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** How days and values are written beside a chart. */
final class Axis {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter LONG = DateTimeFormatter.ofPattern("EEE d MMM yyyy", Locale.ENGLISH);

    private Axis() {}

    static String day(LocalDate day) {
        return DAY.format(day);
    }

    static String weekday(LocalDate day) {
        return LONG.format(day);
    }

    /** The first, the middle and the last day: what fits under any chart. */
    static List<String> days(List<Point> points) {
        if (points.isEmpty()) {
            return List.of();
        }
        if (points.size() < 3) {
            return points.stream().map(point -> day(point.day())).toList();
        }
        return List.of(
                day(points.getFirst().day()),
                day(points.get(points.size() / 2).day()),
                day(points.getLast().day()));
    }

    static List<String> values(Unit unit, double top) {
        return List.of(whole(unit.text(top)), whole(unit.text(top / 2)), "0");
    }

    /** No cents where there are none. */
    private static String whole(String text) {
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }

    static double greatest(List<Point> points) {
        return points.stream()
                .filter(Point::known)
                .mapToDouble(Point::value)
                .max()
                .orElse(0);
    }
}
