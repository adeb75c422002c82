package dev.covibe.console.graph;

import dev.covibe.coordination.graph.GraphLayout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * The lines and nodes of a tree as SVG, row by row: each row carries its own piece, so that rows can be as high as the
 * screen wants and come and go singly. Lines reach beyond their row and are cut off at its edges.
 */
final class GraphDrawing {

    static final int ROW = 36;

    private static final int MIDDLE = ROW / 2;
    private static final int ABOVE = -40;
    private static final int BELOW = ROW + 40;
    private static final int MARGIN = 11;
    private static final int CORNER = 9;
    private static final int TINTS = 6;
    private static final int STUB = 13;
    private static final int[] ROOM = {110, 208, 312, 470};

    private final GraphLayout layout;
    private final Set<String> merged;
    private final int pitch;
    private final Map<Integer, Map<String, StringBuilder>> lines = new HashMap<>();
    private final Map<String, StringBuilder> between = new TreeMap<>();

    /**
     * Draws the rows of a window.
     *
     * @param merged what the trunk holds already, which is drawn quietly
     * @param to the row behind the last
     */
    GraphDrawing(GraphLayout layout, Set<String> merged, int from, int to) {
        this.layout = layout;
        this.merged = merged;
        this.pitch = pitch(layout.lanes());
        int uncommitted = (int)
                layout.nodes().stream().filter(GraphLayout.Node::uncommitted).count();
        for (GraphLayout.Edge edge : layout.edges()) {
            draw(edge, from, to);
            if (edge.child().row() < uncommitted && edge.parent().row() >= uncommitted) {
                path(between, style(edge)).append(pass(edge.lane()));
            }
        }
        layout.nodes().subList(from, to).stream()
                .filter(node -> layout.stubs().contains(node.id()))
                .forEach(node -> path(row(node.row()), tint(node.lane()) + " is-stub")
                        .append("M%d %dv%d".formatted(x(node.lane()), MIDDLE, STUB)));
    }

    /** Many lanes stand closer together, so that words keep their room. */
    private static int pitch(int lanes) {
        if (lanes <= 12) {
            return 16;
        }
        return lanes <= 24 ? 11 : 7;
    }

    int width() {
        return 2 * MARGIN + Math.max(0, layout.lanes() - 1) * pitch;
    }

    /** How much more room it wants than a narrow screen has: 0 for none, up to 4. */
    int wide() {
        return (int) IntStream.of(ROOM).filter(room -> width() > room).count();
    }

    /** @param style classes of the line */
    record Line(String style, String path) {}

    List<Line> lines(int row) {
        return lines(row(row));
    }

    /** The lines that pass the label between uncommitted work and the commits. */
    List<Line> between() {
        return lines(between);
    }

    int x(int lane) {
        return MARGIN + lane * pitch;
    }

    String style(GraphLayout.Node node) {
        return tint(node.lane()) + (node.lane() > 0 && merged.contains(node.id()) ? " is-merged" : "");
    }

    private static List<Line> lines(Map<String, StringBuilder> paths) {
        List<Line> lines = new ArrayList<>();
        paths.forEach((style, path) -> lines.add(new Line(style, path.toString())));
        return lines;
    }

    private void draw(GraphLayout.Edge edge, int from, int to) {
        int first = Math.max(from, edge.child().row());
        int last = Math.min(to - 1, edge.parent().row());
        String style = style(edge);
        for (int row = first; row <= last; row++) {
            path(row(row), style).append(piece(edge, row));
        }
    }

    private String piece(GraphLayout.Edge edge, int row) {
        if (row == edge.child().row()) {
            return leave(edge.child().lane(), edge.lane());
        }
        return row == edge.parent().row() ? arrive(edge.lane(), edge.parent().lane()) : pass(edge.lane());
    }

    private String pass(int lane) {
        return "M%d %dV%d".formatted(x(lane), ABOVE, BELOW);
    }

    private String leave(int from, int to) {
        if (from == to) {
            return "M%d %dV%d".formatted(x(from), MIDDLE, BELOW);
        }
        int corner = corner(from, to);
        return "M%d %dH%dQ%d %d %d %dV%d"
                .formatted(
                        x(from),
                        MIDDLE,
                        x(to) - Integer.signum(to - from) * corner,
                        x(to),
                        MIDDLE,
                        x(to),
                        MIDDLE + corner,
                        BELOW);
    }

    private String arrive(int from, int to) {
        if (from == to) {
            return "M%d %dV%d".formatted(x(from), ABOVE, MIDDLE);
        }
        int corner = corner(from, to);
        return "M%d %dV%dQ%d %d %d %dH%d"
                .formatted(
                        x(from),
                        ABOVE,
                        MIDDLE - corner,
                        x(from),
                        MIDDLE,
                        x(from) + Integer.signum(to - from) * corner,
                        MIDDLE,
                        x(to));
    }

    private int corner(int from, int to) {
        return Math.min(CORNER, Math.abs(x(from) - x(to)));
    }

    private String style(GraphLayout.Edge edge) {
        if (edge.child().uncommitted()) {
            return tint(edge.lane()) + " is-uncommitted";
        }
        return tint(edge.lane())
                + (edge.lane() > 0 && merged.contains(edge.child().id()) ? " is-merged" : "");
    }

    /** The trunk has the colour of text; every other lane one of six. */
    private static String tint(int lane) {
        return "lane-" + (lane == 0 ? 0 : 1 + (lane - 1) % TINTS);
    }

    private Map<String, StringBuilder> row(int row) {
        return lines.computeIfAbsent(row, _ -> new TreeMap<>());
    }

    private static StringBuilder path(Map<String, StringBuilder> paths, String style) {
        return paths.computeIfAbsent(style, _ -> new StringBuilder());
    }
}
