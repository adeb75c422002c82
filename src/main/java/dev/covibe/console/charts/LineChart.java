package dev.covibe.console.charts;

import java.util.ArrayList;
import java.util.List;

/**
 * A value by day: this period as a line, the one before it dashed, day for day.
 *
 * @param current path of the line, in a box of 1000 × 200; days of which nothing is known are left out
 * @param former path of the dashed line; empty without a former period
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
        Strokes strokes = new Strokes(WIDTH, HEIGHT, HEIGHT, top);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < current.size(); i++) {
            rows.add(new Row(
                    Axis.weekday(current.get(i).day()),
                    i < former.size()
                            ? List.of(text(unit, current.get(i)), text(unit, former.get(i)))
                            : List.of(text(unit, current.get(i)))));
        }
        return new LineChart(
                id,
                title,
                (unit.word().isEmpty() ? "" : unit.word() + ", ") + "by day in " + zone,
                title + " by day. The greatest is " + unit.text(Axis.greatest(current)) + ".",
                strokes.line(values(current)),
                former.isEmpty() ? "" : strokes.line(values(former)),
                strokes.area(values(current)),
                Axis.values(unit, top),
                Axis.days(current),
                rows,
                Axis.greatest(current) == 0 && Axis.greatest(former) == 0);
    }

    public boolean compares() {
        return !former.isEmpty();
    }

    private static String text(Unit unit, Point point) {
        return point.known() ? unit.text(point.value()) : "–";
    }

    private static List<Double> values(List<Point> points) {
        return points.stream().map(Point::value).toList();
    }
}
