package dev.covibe.coordination.graph;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the companion sends of a machine and one repository. */
final class SnapshotBody {

    private SnapshotBody() {}

    static Map<String, Object> snapshot(
            String machine, String remote, String branch, String head, List<Map<String, Object>> commits) {
        Map<String, Object> snapshot = new HashMap<>();
        snapshot.put("machine", machine);
        snapshot.put("repository", Map.of("name", "web", "remote", remote));
        snapshot.put("worktrees", List.of(worktree("web", branch, head)));
        snapshot.put("commits", commits);
        return snapshot;
    }

    static Map<String, Object> worktree(String name, String branch, String head) {
        Map<String, Object> tree = new HashMap<>();
        tree.put("name", name);
        tree.put("head", head);
        if (!branch.isEmpty()) {
            tree.put("branch", branch);
        }
        return tree;
    }

    /** A line of commits, the newest first. */
    static List<Map<String, Object>> commits(int newest) {
        List<Map<String, Object>> commits = new ArrayList<>();
        for (int i = newest; i >= 0; i--) {
            commits.add(commit(i, i == 0 ? List.of() : List.of(sha(i - 1))));
        }
        return commits;
    }

    static Map<String, Object> commit(int number, List<String> parents) {
        return Map.of(
                "sha",
                sha(number),
                "parents",
                parents,
                "author",
                "Lin",
                "at",
                Instant.parse("2026-01-01T00:00:00Z").plusSeconds(60L * number).toString(),
                "subject",
                "Step " + number);
    }

    static String sha(int number) {
        return "%040x".formatted(0xabc0000 + number);
    }

    static Map<String, Object> hidden(String machine, Map<String, Object> repository) {
        return Map.of("machine", machine, "repository", repository);
    }
}
