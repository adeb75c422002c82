package dev.covibe.console.graph;

import dev.covibe.console.frame.Numbers;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.When;
import dev.covibe.coordination.graph.CommitText;
import dev.covibe.coordination.graph.GraphLayout;
import dev.covibe.coordination.graph.GraphQueries;
import dev.covibe.coordination.graph.RepositoryGraph;
import dev.covibe.coordination.graph.RepositoryRef;
import dev.covibe.coordination.graph.Standing;
import dev.covibe.identity.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Puts the page of one repository's tree together; a bounded part of it. */
final class GraphSheet {

    static final int ROWS = 150;

    private static final GraphView.Window NO_ROWS = new GraphView.Window(0, 0, List.of(), "", "", "", "");
    private static final int STANDING_BESIDE = 60;
    private static final int STANDING_IN_ROW = 3;

    private final Caller caller;
    private final GraphQueries graphs;
    private final RepositoryGraph graph;
    private final GraphLayout layout;
    private final GraphAddress address;
    private final GraphStands stands;
    private final Instant now;
    private final Set<String> merged;
    private final Map<String, Standing> byId;
    private final Map<String, List<Standing>> byHead;

    GraphSheet(
            Caller caller,
            GraphQueries graphs,
            RepositoryGraph graph,
            GraphAddress address,
            People people,
            Instant now) {
        this.caller = caller;
        this.graphs = graphs;
        this.graph = graph;
        this.layout = graph.layout();
        this.address = address;
        this.stands = new GraphStands(people, address, now);
        this.now = now;
        this.merged = graph.merged();
        this.byId = graph.standings().stream()
                .collect(Collectors.toMap(standing -> standing.id().toString(), Function.identity()));
        this.byHead = graph.standings().stream().collect(Collectors.groupingBy(Standing::head));
    }

    /** Nobody has reported anything yet. */
    static GraphView blank(GraphAddress address, GraphView.Hidden hidden, String report) {
        return new GraphView(
                "No repository has been reported yet.",
                address.here(),
                "",
                "",
                List.of(),
                hidden,
                NO_ROWS,
                List.of(),
                0,
                nothing(address),
                report);
    }

    /** @param withTree whether the tree itself is wanted, and not only what stands beside it */
    GraphView view(List<RepositoryRef> known, GraphView.Hidden hidden, boolean withTree) {
        List<Standing> all = graph.standings();
        return new GraphView(
                stands.state(all),
                address.here(),
                graph.repository().name(),
                identity(graph.repository()),
                known.stream().map(this::choice).toList(),
                hidden,
                withTree ? window(address.from()) : NO_ROWS,
                all.stream().limit(STANDING_BESIDE).map(stands::stand).toList(),
                Math.max(0, all.size() - STANDING_BESIDE),
                chosen(),
                "");
    }

    private GraphView.Repository choice(RepositoryRef repository) {
        return new GraphView.Repository(
                repository.isWithoutRemote() ? repository.name() : repository.identity(),
                identity(repository),
                address.of(repository.identity()),
                repository.worktrees(),
                repository.id().equals(graph.repository().id()));
    }

    private static String identity(RepositoryRef repository) {
        return repository.isWithoutRemote() ? "Without a remote" : repository.identity();
    }

    /** @param first the commit with which it begins; a commit that is gone is the top */
    GraphView.Window window(String first) {
        List<GraphLayout.Node> nodes = layout.nodes();
        int from = nodes.stream()
                .filter(node -> node.id().equals(first))
                .mapToInt(GraphLayout.Node::row)
                .findFirst()
                .orElse(0);
        int to = Math.min(nodes.size(), from + ROWS);
        GraphDrawing drawing = new GraphDrawing(layout, merged, from, to);
        boolean isEnd = to == nodes.size();
        String next = isEnd ? "" : nodes.get(to).id();
        return new GraphView.Window(
                drawing.width(),
                drawing.wide(),
                rows(drawing, from, to),
                from == 0 ? "" : address.from(""),
                isEnd ? "" : address.from(next),
                isEnd ? "" : address.rowsFrom(next),
                "Show older, " + Numbers.grouped(nodes.size() - to) + " left");
    }

    private List<GraphView.Row> rows(GraphDrawing drawing, int from, int to) {
        List<GraphLayout.Node> shown = layout.nodes().subList(from, to);
        Map<String, CommitText> texts = graphs.texts(
                caller,
                graph.repository().id(),
                shown.stream().map(GraphLayout.Node::id).toList());
        long uncommitted =
                layout.nodes().stream().filter(GraphLayout.Node::uncommitted).count();
        List<GraphView.Row> rows = new ArrayList<>();
        if (from == 0 && uncommitted > 0) {
            rows.add(label("Uncommitted", uncommitted, List.of()));
        }
        for (GraphLayout.Node node : shown) {
            if (node.row() == uncommitted && uncommitted > 0) {
                rows.add(label("Committed", layout.nodes().size() - uncommitted, drawing.between()));
            }
            rows.add(
                    node.uncommitted()
                            ? uncommitted(drawing, node)
                            : commit(drawing, node, texts.getOrDefault(node.id(), gone(node.id()))));
        }
        return rows;
    }

    private static GraphView.Row label(String word, long count, List<GraphDrawing.Line> lines) {
        return new GraphView.Row(
                "label",
                word,
                "",
                "",
                false,
                lines,
                new GraphView.Node(0, ""),
                word,
                Numbers.grouped(count),
                List.of(),
                0,
                GraphView.Task.NONE,
                "",
                "",
                When.of(Instant.EPOCH, Instant.EPOCH));
    }

    private GraphView.Row uncommitted(GraphDrawing drawing, GraphLayout.Node node) {
        Standing standing = byId.get(node.id());
        GraphView.Stand stand = stands.stand(standing);
        return new GraphView.Row(
                "uncommitted",
                node.id(),
                stand.version(),
                address.at(node.id()),
                node.id().equals(address.commit()),
                drawing.lines(node.row()),
                new GraphView.Node(drawing.x(node.lane()), "node is-open " + drawing.style(node)),
                stand.changes().isEmpty() ? "No changed files" : stand.changes(),
                "",
                List.of(stand),
                0,
                stand.task(),
                standing.machine(),
                stand.head(),
                stand.seen());
    }

    /** It was taken back while the page was being put together. */
    private CommitText gone(String sha) {
        return new CommitText(sha, List.of(), "", now, "");
    }

    private GraphView.Row commit(GraphDrawing drawing, GraphLayout.Node node, CommitText text) {
        List<Standing> here = byHead.getOrDefault(node.id(), List.of()).stream()
                .filter(standing -> !standing.isUncommitted())
                .toList();
        Optional<Standing> atWork =
                here.stream().filter(standing -> standing.task().isPresent()).findFirst();
        String style = "node " + drawing.style(node) + (text.parents().size() > 1 ? " is-merge" : "")
                + (here.isEmpty() ? "" : " is-here");
        List<GraphView.Stand> shown =
                here.stream().limit(STANDING_IN_ROW).map(stands::stand).toList();
        return new GraphView.Row(
                "commit",
                node.id(),
                Integer.toHexString(Objects.hash(
                        shown.stream().map(GraphView.Stand::version).toList())),
                address.at(node.id()),
                node.id().equals(address.commit()),
                drawing.lines(node.row()),
                new GraphView.Node(drawing.x(node.lane()), style),
                text.subject().isBlank() ? "No subject" : text.subject(),
                "",
                shown,
                here.size() - shown.size(),
                atWork.map(GraphStands::task).orElse(GraphView.Task.NONE),
                text.author(),
                GraphStands.shortened(node.id()),
                When.of(text.at(), now));
    }

    private GraphView.Chosen chosen() {
        if (address.commit().isEmpty()) {
            return nothing(address);
        }
        if (byId.containsKey(address.commit())) {
            return uncommitted(byId.get(address.commit()));
        }
        CommitText text = graphs.texts(caller, graph.repository().id(), List.of(address.commit()))
                .get(address.commit());
        return text == null ? chosen("unknown", "Nothing is known of this commit", "", List.of()) : commit(text);
    }

    private GraphView.Chosen uncommitted(Standing standing) {
        return chosen(
                "uncommitted",
                standing.changes().none()
                        ? "No changed files"
                        : stands.stand(standing).changes(),
                standing.head(),
                List.of(standing));
    }

    private GraphView.Chosen chosen(String kind, String title, String sha, List<Standing> standing) {
        return new GraphView.Chosen(
                kind,
                address.commit(),
                address.here(),
                title,
                sha,
                "",
                When.of(now, now),
                "",
                sha.isEmpty() ? List.of() : List.of(link(sha)),
                standing.stream().map(stands::stand).toList(),
                address.at(""));
    }

    private GraphView.Chosen commit(CommitText text) {
        return new GraphView.Chosen(
                "commit",
                text.sha(),
                address.here(),
                text.subject().isBlank() ? "No subject" : text.subject(),
                text.sha(),
                text.author(),
                When.of(text.at(), now),
                stands.merged(graph, merged, text.sha()),
                text.parents().stream().map(this::link).toList(),
                byHead.getOrDefault(text.sha(), List.of()).stream()
                        .map(stands::stand)
                        .toList(),
                address.at(""));
    }

    private GraphView.Link link(String sha) {
        return new GraphView.Link(GraphStands.shortened(sha), address.at(sha));
    }

    private static GraphView.Chosen nothing(GraphAddress address) {
        return new GraphView.Chosen(
                "",
                "",
                address.here(),
                "",
                "",
                "",
                When.of(Instant.EPOCH, Instant.EPOCH),
                "",
                List.of(),
                List.of(),
                address.at(""));
    }
}
