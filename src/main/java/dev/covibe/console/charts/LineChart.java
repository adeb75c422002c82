package dev.covibe.console.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A value by day: this period as a line, the one before it dashed, day for day.
 *
 * @param current points of the line, in a box of 1000 × 200
 * @param former points of the dashed line; empty without a former period
 * @param values labels of the axis from its top to nought
 * @param days labels under it
 * @param rows day, value, and the value of the same day before
 */
public record LineChart(
        String id,
        String title,
        String unit,
        String description,
        String current,
        String former,
        String area,
        List<String> values,
        List<String> days,
        List<Row> rows,
        boolean empty) {

    private static final double WIDTH = 1000;
    private static final double HEIGHT = 200;

    /** @param former as many points as {@code current}, or none */
    public static LineChart of(
            String id, String title, Unit unit, String zone, List<Point> current, List<Point> former) {
        double top = unit.top(Math.max(Axis.greatest(current), Axis.greatest(former)));
        String line = line(current, top);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < current.size(); i++) {
            rows.add(new Row(
                    Axis.weekday(current.get(i).day()),
                    i < former.size()
                            ? List.of(
                                    unit.text(current.get(i).value()),
                                    unit.text(former.get(i).value()))
                            : List.of(unit.text(current.get(i).value()))));
        }
        double all = current.stream().mapToDouble(Point::value).sum();
        return new LineChart(
                id,
                title,
                (unit.word().isEmpty() ? "" : unit.word() + ", ") + "by day in " + zone,
                title + " by day. The greatest is " + unit.text(Axis.greatest(current)) + ".",
                line,
                former.isEmpty() ? "" : line(former, top),
                current.size() < 2 ? "" : "0,200 " + line + " 1000,200",
                Axis.values(unit, top),
                Axis.days(current),
                rows,
                all == 0 && former.stream().mapToDouble(Point::value).sum() == 0);
    }

    public boolean compares() {
        return !former.isEmpty();
    }

    private static String line(List<Point> points, double top) {
        if (points.size() == 1) {
            double y = HEIGHT - points.getFirst().value() / top * HEIGHT;
            return String.format(Locale.ROOT, "0,%.1f 1000,%.1f", y, y);
        }
        return IntStream.range(0, points.size())
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        i * WIDTH / (points.size() - 1),
                        HEIGHT - points.get(i).value() / top * HEIGHT))
                .collect(Collectors.joining(" "));
    }
}
