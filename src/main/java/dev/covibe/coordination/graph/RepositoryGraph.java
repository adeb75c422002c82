package dev.covibe.coordination.graph;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One repository over all machines.
 *
 * @param commits those that a head reaches, in no order
 * @param standings who stands where, the last seen first
 */
public record RepositoryGraph(RepositoryRef repository, List<Commit> commits, List<Standing> standings) {

    private static final List<String> TRUNKS = List.of("main", "master", "trunk", "develop", "dev");

    /** The tree as it is drawn: one row for each worktree with uncommitted work, then the commits. */
    public GraphLayout layout() {
        Map<String, Instant> times = commits.stream().collect(Collectors.toMap(Commit::sha, Commit::at));
        Comparator<Standing> newestHead =
                Comparator.comparing(standing -> times.getOrDefault(standing.head(), Instant.MIN));
        List<GraphLayout.Tip> tips = standings.stream()
                .filter(Standing::isUncommitted)
                .sorted(newestHead.reversed())
                .map(standing -> new GraphLayout.Tip(standing.id().toString(), standing.head()))
                .toList();
        return GraphLayout.of(commits, tips, trunk());
    }

    /** What the trunk already holds. */
    public Set<String> merged() {
        Map<String, Commit> known = commits.stream().collect(Collectors.toMap(Commit::sha, Function.identity()));
        return Ancestors.of(
                trunk().stream().toList(),
                sha -> known.containsKey(sha) ? known.get(sha).parents() : List.of());
    }

    /** The head of the line that everything else is measured by: that of the main branch, where somebody stands on it. */
    public Optional<String> trunk() {
        Map<String, Commit> known = commits.stream().collect(Collectors.toMap(Commit::sha, Function.identity()));
        return trunkBranch()
                .flatMap(branch -> headsOf(branch)
                        .filter(known::containsKey)
                        .max(Comparator.comparing((String sha) -> known.get(sha).at())
                                .thenComparing(Comparator.naturalOrder())))
                .or(() -> longestLine(known));
    }

    /** What the main branch is called, where somebody stands on it. */
    public Optional<String> trunkBranch() {
        Set<String> known = commits.stream().map(Commit::sha).collect(Collectors.toSet());
        return TRUNKS.stream()
                .filter(branch -> headsOf(branch).anyMatch(known::contains))
                .findFirst();
    }

    private Stream<String> headsOf(String branch) {
        return standings.stream()
                .filter(standing -> standing.branch().filter(branch::equals).isPresent())
                .map(Standing::head);
    }

    /** Nobody stands on a main branch: the longest line of first parents is taken for it. */
    private Optional<String> longestLine(Map<String, Commit> known) {
        Map<String, Integer> lengths = FirstParents.lengths(known);
        return standings.stream()
                .map(Standing::head)
                .filter(known::containsKey)
                .distinct()
                .max(Comparator.comparing((String sha) -> lengths.get(sha)).thenComparing(Comparator.naturalOrder()));
    }
}
