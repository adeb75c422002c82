package dev.covibe.coordination.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.coordination.graph.GraphLayout.Edge;
import dev.covibe.coordination.graph.GraphLayout.Node;
import dev.covibe.coordination.graph.GraphLayout.Tip;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GraphLayoutTest {

    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int HISTORIES = 300;

    @Test
    void a_straight_line_is_drawn_in_one_lane_the_newest_on_top() {
        GraphLayout layout = GraphLayout.of(line("a", "b", "c"), List.of(), Optional.of("c"));

        assertThat(layout.nodes()).extracting(Node::id).containsExactly("c", "b", "a");
        assertThat(layout.nodes()).extracting(Node::lane).containsOnly(0);
        assertThat(layout.lanes()).isEqualTo(1);
        assertThat(layout.edges()).hasSize(2);
    }

    @Test
    void a_branch_leaves_the_trunk_and_comes_back_to_it() {
        List<Commit> commits = List.of(
                commit("a", 0),
                commit("f1", 1, "a"),
                commit("b", 2, "a"),
                commit("f2", 3, "f1"),
                commit("m", 4, "b", "f2"));
        GraphLayout layout = GraphLayout.of(commits, List.of(), Optional.of("m"));

        assertThat(lanes(layout)).containsEntry("a", 0).containsEntry("b", 0).containsEntry("m", 0);
        assertThat(lanes(layout)).containsEntry("f1", 1).containsEntry("f2", 1);
        assertThat(edge(layout, "m", "f2").lane()).isEqualTo(1);
        assertThat(edge(layout, "m", "f2").first()).isFalse();
        assertThat(layout.lanes()).isEqualTo(2);
    }

    @Test
    void an_octopus_holds_all_its_arms() {
        List<Commit> commits = List.of(
                commit("a", 0),
                commit("x", 1, "a"),
                commit("y", 2, "a"),
                commit("z", 3, "a"),
                commit("o", 4, "a", "x", "y", "z"));
        GraphLayout layout = GraphLayout.of(commits, List.of(), Optional.of("o"));

        assertThat(layout.edges().stream().filter(edge -> edge.child().id().equals("o")))
                .hasSize(4);
        assertThat(lanes(layout)).containsEntry("x", 1).containsEntry("y", 2).containsEntry("z", 3);
        assertProperties(commits, layout);
    }

    @Test
    void uncommitted_heads_stand_above_everything_in_the_order_given() {
        GraphLayout layout =
                GraphLayout.of(line("a", "b"), List.of(new Tip("t1", "b"), new Tip("t2", "a")), Optional.of("b"));

        assertThat(layout.nodes()).extracting(Node::id).containsExactly("t1", "t2", "b", "a");
        assertThat(layout.nodes()).extracting(Node::uncommitted).containsExactly(true, true, false, false);
        assertThat(lanes(layout)).containsEntry("t1", 0);
        assertThat(edge(layout, "t2", "a").lane()).isPositive();
    }

    @Test
    void a_head_that_was_never_sent_is_a_stub_and_so_is_the_end_of_a_shallow_history() {
        GraphLayout layout = GraphLayout.of(
                List.of(commit("b", 1, "a"), commit("c", 2, "b")), List.of(new Tip("t", "unknown")), Optional.of("c"));

        assertThat(layout.stubs()).containsExactlyInAnyOrder("b", "t");
        assertThat(layout.nodes()).hasSize(3);
        assertThat(layout.edges()).hasSize(1);
    }

    @Test
    void a_circle_which_git_cannot_make_neither_hangs_nor_hides_anything() {
        List<Commit> commits = List.of(
                commit("a", 0, "c"),
                commit("b", 1, "a"),
                commit("c", 2, "b"),
                commit("d", 3, "c"),
                commit("s", 4, "s"));
        GraphLayout layout = GraphLayout.of(commits, List.of(), Optional.of("d"));

        assertThat(layout.nodes()).extracting(Node::id).containsExactlyInAnyOrder("a", "b", "c", "d", "s");
    }

    @Test
    void whatever_the_history_every_edge_is_drawn_once_downwards_and_no_two_things_share_a_cell() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            Random random = new Random(seed);
            List<Commit> commits = history(random, 1 + random.nextInt(120));
            assertProperties(
                    commits,
                    GraphLayout.of(
                            commits,
                            tips(random, commits),
                            Optional.of(commits.getLast().sha())));
        }
    }

    @Test
    void the_order_in_which_commits_were_sent_changes_nothing() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            Random random = new Random(seed);
            List<Commit> commits = history(random, 1 + random.nextInt(80));
            Optional<String> trunk = Optional.of(commits.getLast().sha());
            GraphLayout layout = GraphLayout.of(commits, List.of(), trunk);
            List<Commit> shuffled = new ArrayList<>(commits);
            Collections.shuffle(shuffled, random);

            assertThat(GraphLayout.of(shuffled, List.of(), trunk)).isEqualTo(layout);
        }
    }

    @Test
    void commits_that_come_on_top_leave_every_lane_below_as_it_was() {
        for (int seed = 0; seed < HISTORIES; seed++) {
            Random random = new Random(seed);
            List<Commit> after = history(random, 40 + random.nextInt(80));
            List<Commit> before = after.subList(0, 20 + random.nextInt(20));
            // The trunk grows by its own commits alone: its head is taken from the older part of the same line.
            Map<String, Commit> known = byId(after);
            List<String> line =
                    List.copyOf(FirstParents.line(known, after.getLast().sha()));
            Set<String> old = byId(before).keySet();
            Optional<String> oldHead = line.stream().filter(old::contains).findFirst();
            GraphLayout lower = GraphLayout.of(before, List.of(), oldHead);
            GraphLayout whole = GraphLayout.of(after, List.of(), Optional.of(line.getFirst()));
            if (oldHead.isEmpty()) {
                continue;
            }
            int risen = after.size() - before.size();
            Map<String, Node> nodes = whole.nodes().stream().collect(Collectors.toMap(Node::id, Function.identity()));
            for (Node node : lower.nodes()) {
                assertThat(nodes.get(node.id()))
                        .as("seed %d", seed)
                        .isEqualTo(new Node(node.id(), node.row() + risen, node.lane(), false));
            }
            Map<String, Integer> edges = edgeLanes(whole);
            assertThat(edges).as("seed %d", seed).containsAllEntriesOf(edgeLanes(lower));
        }
    }

    private static void assertProperties(List<Commit> commits, GraphLayout layout) {
        Set<String> known = byId(commits).keySet();
        Set<String> wanted = new HashSet<>();
        commits.forEach(commit -> commit.parents().stream()
                .filter(known::contains)
                .forEach(parent -> wanted.add(commit.sha() + ">" + parent)));
        layout.nodes().stream()
                .filter(Node::uncommitted)
                .forEach(node -> wanted.add(node.id() + ">" + node.id().substring(1)));
        assertThat(edgeLanes(layout).keySet()).isEqualTo(wanted);
        assertThat(layout.edges()).hasSize(wanted.size());

        Map<String, String> cells = new HashMap<>();
        for (int row = 0; row < layout.nodes().size(); row++) {
            Node node = layout.nodes().get(row);
            assertThat(node.row()).isEqualTo(row);
            take(cells, row, node.lane(), node.id());
        }
        for (Edge edge : layout.edges()) {
            assertThat(edge.child().row()).isLessThan(edge.parent().row());
            for (int row = edge.child().row(); row < edge.parent().row(); row++) {
                boolean ownNode =
                        row == edge.child().row() && edge.lane() == edge.child().lane();
                if (!ownNode) {
                    take(
                            cells,
                            row,
                            edge.lane(),
                            edge.child().id() + ">" + edge.parent().id());
                }
            }
        }
        assertThat(cells.keySet()).allMatch(cell -> Integer.parseInt(cell.split(",")[1]) < layout.lanes());
    }

    private static void take(Map<String, String> cells, int row, int lane, String by) {
        String other = cells.put(row + "," + lane, by);
        assertThat(other).as("row %d, lane %d is wanted by %s", row, lane, by).isNull();
    }

    private static List<Commit> history(Random random, int size) {
        List<Commit> commits = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Set<String> parents = new java.util.LinkedHashSet<>();
            int wanted =
                    i == 0 || random.nextInt(30) == 0 ? 0 : 1 + (random.nextInt(4) == 0 ? 1 + random.nextInt(4) : 0);
            for (int p = 0; p < wanted; p++) {
                int reach = random.nextInt(3) == 0 ? i : Math.min(i, 6);
                parents.add("c" + (i - 1 - random.nextInt(reach)));
            }
            commits.add(commit("c" + i, i, parents.toArray(String[]::new)));
        }
        return commits;
    }

    private static List<Tip> tips(Random random, List<Commit> commits) {
        Set<String> heads = new HashSet<>();
        for (int i = 0; i < random.nextInt(5); i++) {
            heads.add(commits.get(random.nextInt(commits.size())).sha());
        }
        return heads.stream().map(head -> new Tip("t" + head, head)).toList();
    }

    private static Map<String, Commit> byId(List<Commit> commits) {
        return commits.stream().collect(Collectors.toMap(Commit::sha, Function.identity()));
    }

    private static Map<String, Integer> edgeLanes(GraphLayout layout) {
        return layout.edges().stream()
                .collect(Collectors.toMap(
                        edge -> edge.child().id() + ">" + edge.parent().id(), Edge::lane));
    }

    private static Map<String, Integer> lanes(GraphLayout layout) {
        return layout.nodes().stream().collect(Collectors.toMap(Node::id, Node::lane));
    }

    private static Edge edge(GraphLayout layout, String child, String parent) {
        return layout.edges().stream()
                .filter(edge ->
                        edge.child().id().equals(child) && edge.parent().id().equals(parent))
                .findFirst()
                .orElseThrow();
    }

    private static List<Commit> line(String... shas) {
        List<Commit> commits = new ArrayList<>();
        for (int i = 0; i < shas.length; i++) {
            commits.add(i == 0 ? commit(shas[i], i) : commit(shas[i], i, shas[i - 1]));
        }
        return commits;
    }

    private static Commit commit(String sha, int minutes, String... parents) {
        return new Commit(sha, List.of(parents), BEGIN.plus(Duration.ofMinutes(minutes)));
    }
}
