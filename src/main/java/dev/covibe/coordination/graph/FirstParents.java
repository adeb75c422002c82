package dev.covibe.coordination.graph;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Lines of first parents: what {@code git log --first-parent} follows. */
final class FirstParents {

    private FirstParents() {}

    /** The commits of the line that ends in a head, the head first. */
    static Set<String> line(Map<String, Commit> commits, String head) {
        Set<String> line = new LinkedHashSet<>();
        Commit commit = commits.get(head);
        while (commit != null && line.add(commit.sha())) {
            commit = commit.parents().isEmpty()
                    ? null
                    : commits.get(commit.parents().getFirst());
        }
        return line;
    }

    /** How long the line of each commit is; every commit is looked at once. */
    static Map<String, Integer> lengths(Map<String, Commit> commits) {
        Map<String, Integer> lengths = new HashMap<>();
        Deque<String> path = new ArrayDeque<>();
        for (String sha : commits.keySet()) {
            String at = sha;
            while (commits.containsKey(at) && !lengths.containsKey(at)) {
                lengths.put(at, 0);
                path.push(at);
                Commit commit = commits.get(at);
                at = commit.parents().isEmpty() ? "" : commit.parents().getFirst();
            }
            int length = lengths.getOrDefault(at, 0);
            while (!path.isEmpty()) {
                lengths.put(path.pop(), ++length);
            }
        }
        return lengths;
    }
}
