package dev.covibe.work;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** A workstream as somebody wants to plan it: name of 1 to 200 characters, goal in Markdown. */
@RegisterForReflection
public record WorkstreamPlan(
        String name,
        Optional<String> goal,
        Optional<String> owner,
        Optional<LocalDate> targetDate,
        List<String> paths,
        Optional<String> repository) {

    public WorkstreamPlan {
        name = TaskPlan.oneLine(name);
        paths = paths == null ? List.of() : List.copyOf(paths);
    }
}
