package dev.covibe.console.charts;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A line as small as a word, from nought up.
 *
 * @param points of the line, in a box of 100 × 24
 * @param words the same for the ear
 */
public record Sparkline(String points, String area, String words) {

    private static final double WIDTH = 100;
    private static final double HEIGHT = 24;

    public static Sparkline of(String what, Unit unit, List<Double> values) {
        double top = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        if (values.size() < 2 || top <= 0) {
            return new Sparkline("0,23 100,23", "", what + ": nothing in these days");
        }
        String points = IntStream.range(0, values.size())
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        "%.1f,%.1f",
                        i * WIDTH / (values.size() - 1),
                        HEIGHT - 1 - values.get(i) / top * (HEIGHT - 3)))
                .collect(Collectors.joining(" "));
        return new Sparkline(
                points,
                "0,24 " + points + " 100,24",
                what + ": from " + unit.text(values.getFirst()) + " to " + unit.text(values.getLast()) + ", at most "
                        + unit.text(top));
    }
}
