package dev.covibe.work;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;

/**
 * What to change of a workstream; an absent field stays as it is. An empty text clears the owner or the repository, and
 * {@code paths} replaces the whole list.
 *
 * @param targetDate as {@code yyyy-mm-dd}; empty clears it
 */
@RegisterForReflection
public record WorkstreamEdit(
        Optional<String> name,
        Optional<String> goal,
        Optional<String> owner,
        Optional<String> targetDate,
        Optional<List<String>> paths,
        Optional<String> repository) {}
