package dev.covibe.work;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;

/**
 * What to change of a task; an absent field stays as it is. An empty text clears the owner, workstream, repository or
 * branch, an estimate of 0 clears the estimate, and a list replaces the whole list.
 */
@RegisterForReflection
public record TaskEdit(
        Optional<String> title,
        Optional<String> description,
        Optional<String> workstream,
        Optional<String> owner,
        Optional<String> priority,
        Optional<List<String>> labels,
        Optional<List<String>> paths,
        Optional<String> repository,
        Optional<String> branch,
        Optional<List<String>> references,
        Optional<List<String>> dependsOn,
        Optional<Integer> estimateMinutes) {}
