package dev.covibe.console.graph;

import dev.covibe.console.frame.Numbers;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;
import dev.covibe.coordination.graph.RepositoryGraph;
import dev.covibe.coordination.graph.Standing;
import dev.covibe.work.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns worktrees into what the graph shows of them. */
final class GraphStands {

    private static final int SHORT = 7;

    private final People people;
    private final GraphAddress address;
    private final Instant now;

    GraphStands(People people, GraphAddress address, Instant now) {
        this.people = people;
        this.address = address;
        this.now = now;
    }

    static String shortened(String sha) {
        return sha.substring(0, Math.min(SHORT, sha.length()));
    }

    GraphView.Stand stand(Standing standing) {
        Who person = people.who(standing.developer(), Optional.empty());
        List<Who> agents = standing.agents().stream()
                .map(agent -> people.who(
                        standing.developer(), Optional.of(agent.type().key())))
                .distinct()
                .toList();
        GraphView.Task task = task(standing);
        String changes = changes(standing.changes());
        String operation = standing.operation().map(GraphStands::operation).orElse("");
        String upstream = upstream(standing, " ahead", " behind", ", ");
        return new GraphView.Stand(
                standing.id().toString(),
                person,
                agents,
                agents.isEmpty() ? person.label() : agents.getFirst().label(),
                standing.branch().orElse(""),
                upstream,
                arrows(standing),
                changes,
                operation,
                standing.machine(),
                standing.worktree(),
                task,
                standing.agents().stream().map(GraphStands::session).toList(),
                shortened(standing.head()),
                address.at(standing.isUncommitted() ? standing.id().toString() : standing.head()),
                When.of(standing.seenAt(), now),
                Integer.toHexString(Objects.hash(
                        agents, standing.branch(), standing.head(), upstream, changes, operation, task.key())));
    }

    private static GraphView.Link session(Standing.Agent agent) {
        String state = agent.active() ? "at work" : "idle";
        return new GraphView.Link(agent.type().title() + ", " + state, "/workstreams/sessions/" + agent.session());
    }

    static GraphView.Task task(Standing standing) {
        return standing.task()
                .map(task -> new GraphView.Task(
                        task.key(),
                        task.title(),
                        task.status(),
                        TaskStatus.of(task.status()).title()))
                .orElse(GraphView.Task.NONE);
    }

    private static String operation(String operation) {
        return switch (operation) {
            case "merge" -> "Merging";
            case "rebase" -> "Rebasing";
            case "cherry-pick" -> "Cherry-picking";
            case "revert" -> "Reverting";
            case "bisect" -> "Bisecting";
            default -> "Applying patches";
        };
    }

    private static String upstream(Standing standing, String ahead, String behind, String between) {
        return Stream.of(counted(standing.ahead(), ahead), counted(standing.behind(), behind))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(between));
    }

    private static String arrows(Standing standing) {
        return Stream.of(
                        standing.ahead().filter(count -> count > 0).map(count -> "↑" + count),
                        standing.behind().filter(count -> count > 0).map(count -> "↓" + count))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" "));
    }

    private static Optional<String> counted(Optional<Integer> count, String words) {
        return count.filter(some -> some > 0).map(some -> Numbers.grouped(some) + words);
    }

    private static String changes(Standing.Changes changes) {
        return Stream.of(
                        counted(Optional.of(changes.conflicted()), " in conflict"),
                        counted(Optional.of(changes.staged()), " staged"),
                        counted(Optional.of(changes.modified()), " modified"),
                        counted(Optional.of(changes.untracked()), " untracked"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
    }

    /** Whether the main line holds a commit already; nothing where no main line is known by name. */
    String merged(RepositoryGraph graph, Set<String> merged, String sha) {
        return graph.trunkBranch()
                .map(branch -> merged.contains(sha) ? "In " + branch : "Not in " + branch + " yet")
                .orElse("");
    }

    /** "3 people and 2 agents in 5 worktrees, 2 of them with uncommitted work." */
    String state(List<Standing> standings) {
        long persons = standings.stream().map(Standing::developer).distinct().count();
        long agents = standings.stream()
                .mapToLong(standing -> standing.agents().size())
                .sum();
        long open = standings.stream().filter(Standing::isUncommitted).count();
        List<String> parts = new ArrayList<>();
        parts.add(persons == 1 ? "1 person" : persons + " people");
        if (agents > 0) {
            parts.add(agents == 1 ? "1 agent" : agents + " agents");
        }
        String trees = standings.size() == 1 ? "1 worktree" : standings.size() + " worktrees";
        return String.join(" and ", parts) + " in " + trees
                + (open == 0 ? ", nothing uncommitted." : ", " + open + " with uncommitted work.");
    }
}
