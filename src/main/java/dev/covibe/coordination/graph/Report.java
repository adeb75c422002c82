package dev.covibe.coordination.graph;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A snapshot that keeps to the rules. */
record Report(String machine, RepositoryKey repository, boolean hidden, List<Tree> worktrees, List<Commit> commits) {

    record Tree(
            String name,
            Optional<String> branch,
            String head,
            Optional<Integer> ahead,
            Optional<Integer> behind,
            int staged,
            int modified,
            int untracked,
            int conflicted,
            Optional<String> operation) {}

    record Commit(String sha, List<String> parents, String author, Instant at, String subject) {}
}
