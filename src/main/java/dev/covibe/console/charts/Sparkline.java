package dev.covibe.console.charts;

import java.util.List;

/**
 * A line as small as a word, from nought up.
 *
 * @param line path, in a box of 100 × 24; values that are not known are left out
 * @param area path of what lies under it
 * @param words the same for the ear
 */
public record Sparkline(String line, String area, String words) {

    private static final double WIDTH = 100;
    private static final double HEIGHT = 24;

    /** @param values not numbers where nothing is known */
    public static Sparkline of(String what, Unit unit, List<Double> values) {
        List<Double> known =
                values.stream().filter(value -> !Double.isNaN(value)).toList();
        double top = known.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        if (values.size() < 2 || top <= 0) {
            return new Sparkline("M0 23H100", "", what + ": nothing in these days");
        }
        Strokes strokes = new Strokes(WIDTH, HEIGHT - 1, HEIGHT - 3, top);
        return new Sparkline(
                strokes.line(values),
                strokes.area(values),
                what + ": from " + unit.text(known.getFirst()) + " to " + unit.text(known.getLast()) + ", at most "
                        + unit.text(top));
    }
}
