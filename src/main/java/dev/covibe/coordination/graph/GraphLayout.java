package dev.covibe.coordination.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Where everything of a tree stands: a row and a lane for each commit and each uncommitted head, and the lane in which
 * each edge runs.
 *
 * <p>The tree is laid from the oldest commit up, as it grew, and a lane once given is never taken back. So new commits on
 * top change nothing below them. Lane 0 belongs to the trunk alone.
 *
 * <p>An edge leaves its child, runs in its lane through every row between, and turns into its parent's row. A lane holds
 * at most one thing per row: a node, or one running edge.
 *
 * @param nodes from the top row down; rows count from 0 without gaps
 * @param stubs commits that stand on something which is not stored
 * @param lanes how many there are
 */
public record GraphLayout(List<Node> nodes, List<Edge> edges, Set<String> stubs, int lanes) {

    private static final Comparator<Commit> BY_TIME =
            Comparator.comparing(Commit::at).thenComparing(Commit::sha);

    /** Work that no commit holds yet. */
    public record Tip(String id, String head) {}

    /** @param uncommitted whether it is a {@link Tip}, and not a commit */
    public record Node(String id, int row, int lane, boolean uncommitted) {}

    /**
     * From a child down to one of its parents.
     *
     * @param lane in which it runs from the child's row to the row above the parent's
     * @param first whether it goes to the first parent
     */
    public record Edge(Node child, Node parent, int lane, boolean first) {}

    /** @param trunk head of the main line; empty where there is none to speak of */
    public static GraphLayout of(List<Commit> commits, List<Tip> tips, Optional<String> trunk) {
        Map<String, Commit> known =
                commits.stream().collect(Collectors.toMap(Commit::sha, Function.identity(), (one, same) -> one));
        Set<String> line = trunk.map(head -> FirstParents.line(known, head)).orElse(Set.of());
        List<Vertex> risen = new ArrayList<>();
        for (Commit commit : oldestFirst(known)) {
            risen.add(new Vertex(commit.sha(), commit.parents(), line.contains(commit.sha()), false));
        }
        for (Tip tip : tips.reversed()) {
            boolean onTrunk = trunk.filter(tip.head()::equals).isPresent();
            risen.add(new Vertex(tip.id(), List.of(tip.head()), onTrunk, true));
        }
        return new Laying(risen, !line.isEmpty()).lay();
    }

    private record Vertex(String id, List<String> parents, boolean onTrunk, boolean uncommitted) {}

    /**
     * Parents before children, and otherwise by time. What hangs in a circle, which git cannot make, is let in by time
     * alone, so that it hides nothing else.
     */
    private static List<Commit> oldestFirst(Map<String, Commit> known) {
        Map<String, Integer> waiting = new HashMap<>();
        Map<String, List<Commit>> children = new HashMap<>();
        PriorityQueue<Commit> free = new PriorityQueue<>(BY_TIME);
        for (Commit commit : known.values()) {
            List<String> parents = present(commit.parents(), known.keySet());
            parents.forEach(parent ->
                    children.computeIfAbsent(parent, _ -> new ArrayList<>()).add(commit));
            waiting.put(commit.sha(), parents.size());
            if (parents.isEmpty()) {
                free.add(commit);
            }
        }
        Set<Commit> risen = new LinkedHashSet<>();
        while (risen.size() < known.size()) {
            Commit commit = free.isEmpty() ? leftOver(known, risen) : free.poll();
            if (!risen.add(commit)) {
                continue;
            }
            for (Commit child : children.getOrDefault(commit.sha(), List.of())) {
                if (waiting.merge(child.sha(), -1, Integer::sum) == 0) {
                    free.add(child);
                }
            }
        }
        return List.copyOf(risen);
    }

    private static Commit leftOver(Map<String, Commit> known, Set<Commit> risen) {
        return known.values().stream()
                .filter(commit -> !risen.contains(commit))
                .min(BY_TIME)
                .orElseThrow();
    }

    private static List<String> present(List<String> parents, Set<String> known) {
        return parents.stream().distinct().filter(known::contains).toList();
    }

    /** One laying, from the bottom up. Heights count from 0 at the bottom; rows are heights turned over at the end. */
    private static final class Laying {

        private final List<Vertex> vertices;
        private final Lanes lanes;
        private final Map<String, Integer> heights = new HashMap<>();
        private final Map<String, Node> placed = new HashMap<>();
        private final List<Node> nodes = new ArrayList<>();
        private final List<Edge> edges = new ArrayList<>();
        private final Set<String> stubs = new HashSet<>();

        private Laying(List<Vertex> vertices, boolean hasTrunk) {
            this.vertices = vertices;
            this.lanes = new Lanes(hasTrunk ? 1 : 0);
        }

        private GraphLayout lay() {
            for (int height = 0; height < vertices.size(); height++) {
                put(vertices.get(height), height);
            }
            return new GraphLayout(nodes.reversed(), edges, stubs, lanes.count());
        }

        private void put(Vertex vertex, int height) {
            List<String> parents = present(vertex.parents(), placed.keySet());
            if (parents.size() < Set.copyOf(vertex.parents()).size()) {
                stubs.add(vertex.id());
            }
            boolean firstIsHere = !parents.isEmpty()
                    && parents.getFirst().equals(vertex.parents().getFirst());
            int from = firstIsHere ? heights.get(parents.getFirst()) + 1 : height;
            int wanted = firstIsHere ? placed.get(parents.getFirst()).lane() : Lanes.ANY;
            int lane = vertex.onTrunk() ? lanes.takeTrunk(from, height) : lanes.take(wanted, from, height);
            Node node = new Node(vertex.id(), vertices.size() - 1 - height, lane, vertex.uncommitted());
            for (String parent : parents) {
                boolean first = parent.equals(vertex.parents().getFirst());
                int running = first ? lane : lanes.take(placed.get(parent).lane(), heights.get(parent) + 1, height);
                edges.add(new Edge(node, placed.get(parent), running, first));
            }
            heights.put(vertex.id(), height);
            placed.put(vertex.id(), node);
            nodes.add(node);
        }
    }
}
