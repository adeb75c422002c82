package dev.covibe.console.charts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines of SVG through values that may have gaps. A value between two gaps is a short dash. */
final class Strokes {

    /** How long a dash is, as a share of the width. */
    private static final double DASH = 0.008;

    private final double width;
    private final double floor;
    private final double rise;
    private final double top;

    /**
     * @param floor where nought lies
     * @param rise how far above it the greatest value lies
     * @param top the greatest value
     */
    Strokes(double width, double floor, double rise, double top) {
        this.width = width;
        this.floor = floor;
        this.rise = rise;
        this.top = top;
    }

    private record Spot(double x, double y) {}

    String line(List<Double> values) {
        StringBuilder path = new StringBuilder();
        for (List<Spot> run : runs(values)) {
            if (run.size() == 1) {
                path.append(at(
                                'M',
                                run.getFirst().x() - width * DASH / 2,
                                run.getFirst().y()))
                        .append(String.format(Locale.ROOT, "h%.1f", width * DASH));
            }
            for (int i = 0; i < run.size() && run.size() > 1; i++) {
                path.append(at(i == 0 ? 'M' : 'L', run.get(i).x(), run.get(i).y()));
            }
        }
        return path.toString();
    }

    /** What lies between the line and nought. */
    String area(List<Double> values) {
        StringBuilder path = new StringBuilder();
        for (List<Spot> run : runs(values)) {
            if (run.size() > 1) {
                path.append(at('M', run.getFirst().x(), floor));
                run.forEach(spot -> path.append(at('L', spot.x(), spot.y())));
                path.append(at('L', run.getLast().x(), floor)).append('Z');
            }
        }
        return path.toString();
    }

    private List<List<Spot>> runs(List<Double> values) {
        List<List<Spot>> runs = new ArrayList<>();
        boolean open = false;
        for (int i = 0; i < values.size(); i++) {
            boolean known = !Double.isNaN(values.get(i));
            if (known && !open) {
                runs.add(new ArrayList<>());
            }
            if (known) {
                runs.getLast()
                        .add(new Spot(i * width / Math.max(1, values.size() - 1), floor - values.get(i) / top * rise));
            }
            open = known;
        }
        return runs;
    }

    private static String at(char command, double x, double y) {
        return String.format(Locale.ROOT, "%c%.1f %.1f", command, x, y);
    }
}
