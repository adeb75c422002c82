package dev.covibe.work;

import java.util.Optional;
import java.util.Set;

/**
 * Which tasks a list shows.
 *
 * @param statuses empty for all
 * @param text words that the title, description or key must contain
 * @param owner handle, or {@code me}, or {@code nobody}
 * @param path a file or glob that the task's paths must name literally
 * @param ready only those that can be taken now
 * @param blocked only open ones that wait for another
 */
public record TaskFilter(
        Set<TaskStatus> statuses,
        Optional<String> text,
        Optional<String> project,
        Optional<String> owner,
        Optional<String> workstream,
        Optional<String> label,
        Optional<String> path,
        boolean ready,
        boolean blocked) {

    public static final TaskFilter ALL = new TaskFilter(
            Set.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            false);

    public TaskFilter {
        text = text.map(String::strip).filter(words -> !words.isEmpty());
    }

    public TaskFilter withStatuses(Set<TaskStatus> wanted) {
        return new TaskFilter(wanted, text, project, owner, workstream, label, path, ready, blocked);
    }

    public TaskFilter withOwner(String wanted) {
        return new TaskFilter(statuses, text, project, Optional.of(wanted), workstream, label, path, ready, blocked);
    }

    public TaskFilter withWorkstream(String wanted) {
        return new TaskFilter(statuses, text, project, owner, Optional.of(wanted), label, path, ready, blocked);
    }

    public TaskFilter onlyReady() {
        return new TaskFilter(statuses, text, project, owner, workstream, label, path, true, blocked);
    }

    public TaskFilter onlyBlocked() {
        return new TaskFilter(statuses, text, project, owner, workstream, label, path, ready, true);
    }
}
