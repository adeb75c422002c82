package dev.covibe.console.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.coordination.graph.Commit;
import dev.covibe.coordination.graph.GraphLayout;
import dev.covibe.coordination.graph.GraphLayout.Edge;
import dev.covibe.coordination.graph.GraphLayout.Tip;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GraphDrawingTest {

    private static final int HISTORIES = 100;

    @Test
    void every_edge_is_drawn_once_in_each_row_that_it_runs_through() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            GraphLayout layout = layout(new Random(seed));
            GraphDrawing drawing = drawing(layout, 0, layout.nodes().size());
            for (int row = 0; row < layout.nodes().size(); row++) {
                int at = row;
                long through = layout.edges().stream()
                        .filter(edge ->
                                edge.child().row() <= at && edge.parent().row() >= at)
                        .count();
                assertThat(pieces(drawing.lines(row)))
                        .as("seed %d, row %d", seed, row)
                        .isEqualTo(through);
            }
            long past = layout.edges().stream()
                    .filter(GraphDrawingTest::passesLabel)
                    .count();
            assertThat(pieces(drawing.between())).isEqualTo(past);
        }
    }

    @Test
    void windows_put_together_are_the_whole() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            GraphLayout layout = layout(new Random(seed));
            int rows = layout.nodes().size();
            GraphDrawing whole = drawing(layout, 0, rows);
            for (int from = 0; from < rows; from += 7) {
                int to = Math.min(rows, from + 7);
                GraphDrawing window = drawing(layout, from, to);
                for (int row = from; row < to; row++) {
                    assertThat(window.lines(row)).isEqualTo(whole.lines(row));
                }
            }
        }
    }

    @Test
    void what_the_trunk_holds_is_quiet_and_uncommitted_work_is_dashed() {
        List<Commit> commits = List.of(
                commit(0), commit(1, 0), commit(2, 0), commit(3, 1, 2), commit(4, 3), commit(5, 3), commit(6, 4));
        GraphLayout layout = GraphLayout.of(commits, List.of(new Tip("t", "c5")), Optional.of("c6"));
        GraphDrawing drawing = new GraphDrawing(layout, Set.of("c0", "c1", "c2", "c3", "c4", "c6"), 0, 8);

        assertThat(drawing.lines(0))
                .extracting(GraphDrawing.Line::style)
                .anyMatch(style -> style.contains("is-uncommitted"));
        GraphLayout.Node merged = layout.nodes().stream()
                .filter(node -> node.lane() == 1 && node.id().equals("c2"))
                .findFirst()
                .orElseThrow();
        assertThat(drawing.style(merged)).isEqualTo("lane-1 is-merged");
        GraphLayout.Node fresh = layout.nodes().stream()
                .filter(node -> node.id().equals("c5"))
                .findFirst()
                .orElseThrow();
        assertThat(drawing.style(fresh)).doesNotContain("is-merged");
    }

    private static boolean passesLabel(Edge edge) {
        return edge.child().uncommitted() && !edge.parent().uncommitted();
    }

    private static long pieces(List<GraphDrawing.Line> lines) {
        return lines.stream()
                .flatMapToInt(line -> line.path().chars())
                .filter(sign -> sign == 'M')
                .count();
    }

    private static GraphDrawing drawing(GraphLayout layout, int from, int to) {
        return new GraphDrawing(layout, Set.of(), from, to);
    }

    private static GraphLayout layout(Random random) {
        List<Commit> commits = new ArrayList<>();
        int size = 10 + random.nextInt(60);
        for (int i = 0; i < size; i++) {
            Set<Integer> parents = new LinkedHashSet<>();
            for (int p = 0; i > 0 && p <= random.nextInt(3); p++) {
                parents.add(i - 1 - random.nextInt(Math.min(i, 5)));
            }
            commits.add(commit(i, parents.stream().mapToInt(Integer::intValue).toArray()));
        }
        List<Tip> tips = List.of(new Tip("t1", "c" + random.nextInt(size)), new Tip("t2", "c" + random.nextInt(size)));
        return GraphLayout.of(commits, tips, Optional.of("c" + (size - 1)));
    }

    private static Commit commit(int number, int... parents) {
        List<String> shas = new ArrayList<>();
        for (int parent : parents) {
            shas.add("c" + parent);
        }
        return new Commit("c" + number, shas, Instant.EPOCH.plusSeconds(number));
    }
}
