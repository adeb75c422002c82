package dev.covibe.work;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;

/**
 * A task as somebody wants to plan it. Absent lists are empty.
 *
 * @param title 1 to 200 characters
 * @param description Markdown, at most 20,000 characters
 * @param project key such as {@code WEB}; absent: the one that has the repository, or the only one
 * @param workstream key such as {@code WS-3}
 * @param status {@code backlog} or {@code planned} (the default)
 * @param owner handle of a member
 * @param paths globs of files that the work will touch
 * @param references issue URLs, {@code #123}, {@code ABC-123}
 * @param dependsOn keys of tasks that must end first
 */
@RegisterForReflection
public record TaskPlan(
        String title,
        Optional<String> description,
        Optional<String> project,
        Optional<String> workstream,
        Optional<String> status,
        Optional<String> owner,
        Optional<String> priority,
        List<String> labels,
        List<String> paths,
        Optional<String> repository,
        Optional<String> branch,
        List<String> references,
        List<String> dependsOn,
        Optional<Integer> estimateMinutes) {

    public TaskPlan {
        title = oneLine(title);
        labels = labels == null ? List.of() : List.copyOf(labels);
        paths = paths == null ? List.of() : List.copyOf(paths);
        references = references == null ? List.of() : List.copyOf(references);
        dependsOn = dependsOn == null ? List.of() : List.copyOf(dependsOn);
    }

    /** Titles are pasted from anywhere: a tab, line break or stray control character in one is a blank. */
    static String oneLine(String title) {
        return title == null ? "" : title.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }
}
