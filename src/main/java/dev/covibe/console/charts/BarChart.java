package dev.covibe.console.charts;

import java.util.ArrayList;
import java.util.List;

/**
 * A value by day as bars from nought, in a box of 1000 × 200.
 *
 * @param values labels of the axis from its top to nought
 * @param days labels under it
 */
public record BarChart(
        String id,
        String title,
        String unit,
        String description,
        List<Bar> bars,
        List<String> values,
        List<String> days,
        List<Row> rows,
        boolean empty) {

    private static final double WIDTH = 1000;
    private static final double HEIGHT = 200;
    private static final double GAP = 0.28;

    /** @param words for the pointer: day and value */
    public record Bar(double x, double y, double width, double height, String words) {}

    public static BarChart of(String id, String title, Unit unit, String zone, List<Point> points) {
        double top = unit.top(Axis.greatest(points));
        double step = points.isEmpty() ? WIDTH : WIDTH / points.size();
        List<Bar> bars = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            double height = round(point.value() / top * HEIGHT);
            String words = Axis.weekday(point.day()) + ": " + unit.text(point.value());
            bars.add(new Bar(
                    round(i * step + step * GAP / 2), round(HEIGHT - height), round(step * (1 - GAP)), height, words));
            rows.add(new Row(Axis.weekday(point.day()), List.of(unit.text(point.value()))));
        }
        return new BarChart(
                id,
                title,
                (unit.word().isEmpty() ? "" : unit.word() + ", ") + "by day in " + zone,
                title + " by day. The greatest is " + unit.text(Axis.greatest(points)) + ".",
                bars,
                Axis.values(unit, top),
                Axis.days(points),
                rows,
                points.stream().allMatch(point -> point.value() == 0));
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
