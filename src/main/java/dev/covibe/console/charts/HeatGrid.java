package dev.covibe.console.charts;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Days as squares, a week in each column: the darker, the more. A step is a quarter of the greatest value.
 *
 * @param weekdays every other one, at its row
 * @param months where each begins
 * @param key what the lightest and the darkest mean
 */
public record HeatGrid(
        String id,
        String title,
        String description,
        int width,
        int height,
        int size,
        List<Cell> cells,
        List<Mark> weekdays,
        List<Mark> months,
        String key,
        List<Row> rows) {

    private static final int STEPS = 4;
    private static final int LEFT = 30;
    private static final int TOP = 18;
    private static final int WEEK = 7;
    private static final int ROOM_FOR_A_MONTH = 3;

    /**
     * @param level 0 for nothing, 1 to 4
     * @param address where the day is looked at; empty if nowhere
     */
    public record Cell(int x, int y, int level, String words, String address, boolean chosen) {}

    /** A word beside the grid. */
    public record Mark(int x, int y, String word) {}

    /**
     * @param size of a square in pixels, without the gap
     * @param points each day once, in order
     * @param address of each day; answers an empty text where there is none
     */
    public static HeatGrid of(
            String id,
            String title,
            Unit unit,
            DayOfWeek weekStart,
            int size,
            List<Point> points,
            LocalDate chosen,
            Function<LocalDate, String> address) {
        int step = size + 3;
        LocalDate origin = points.getFirst().day().with(TemporalAdjusters.previousOrSame(weekStart));
        double greatest = Axis.greatest(points);
        List<Cell> cells = new ArrayList<>();
        List<Mark> months = new ArrayList<>();
        List<Row> rows = new ArrayList<>();
        int column = 0;
        int lastMark = -ROOM_FOR_A_MONTH;
        for (Point point : points) {
            int days = (int) (point.day().toEpochDay() - origin.toEpochDay());
            column = days / WEEK;
            String words = Axis.weekday(point.day()) + ": " + unit.text(point.value());
            cells.add(new Cell(
                    LEFT + column * step,
                    TOP + days % WEEK * step,
                    level(point.value(), greatest),
                    words,
                    address.apply(point.day()),
                    point.day().equals(chosen)));
            boolean first = point == points.getFirst();
            if ((point.day().getDayOfMonth() == 1 || first) && column - lastMark >= ROOM_FOR_A_MONTH) {
                months.add(new Mark(
                        LEFT + (days % WEEK == 0 || first ? column : column + 1) * step,
                        11,
                        point.day().getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH)));
                lastMark = column;
            }
            if (point.value() > 0) {
                rows.add(new Row(Axis.weekday(point.day()), List.of(unit.text(point.value()))));
            }
        }
        List<Mark> weekdays = IntStream.of(0, 2, 4)
                .mapToObj(row -> new Mark(
                        0,
                        TOP + row * step + size - 2,
                        weekStart.plus(row).getDisplayName(TextStyle.SHORT, Locale.ENGLISH)))
                .toList();
        return new HeatGrid(
                id,
                title,
                title + " by day; the greatest is " + unit.text(greatest) + ".",
                LEFT + (column + 1) * step + 24,
                TOP + WEEK * step,
                size,
                cells,
                weekdays,
                months,
                greatest == 0 ? "" : unit.text(greatest),
                rows.reversed());
    }

    /** A picture; where its squares lead somewhere, a group of links. */
    public String role() {
        return cells.stream().anyMatch(cell -> !cell.address().isEmpty()) ? "group" : "img";
    }

    private static int level(double value, double greatest) {
        return value <= 0 ? 0 : Math.max(1, (int) Math.ceil(STEPS * value / greatest));
    }
}
