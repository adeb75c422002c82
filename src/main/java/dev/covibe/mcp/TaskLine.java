package dev.covibe.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.covibe.work.ItemRef;
import dev.covibe.work.Priority;
import dev.covibe.work.TaskRow;
import dev.covibe.work.TaskView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A task in about 80 bytes (MCP-3): what an agent chooses by.
 *
 * @param priority absent when it has none
 * @param ready present only when it can be taken
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record TaskLine(
        String key,
        String title,
        String status,
        Optional<String> priority,
        Optional<String> owner,
        Optional<String> workstream,
        Optional<Boolean> ready) {

    static TaskLine of(TaskRow row) {
        return new TaskLine(
                row.key(),
                row.title(),
                row.status().key(),
                Optional.of(row.priority())
                        .filter(priority -> priority != Priority.NONE)
                        .map(Priority::key),
                row.owner(),
                row.workstream().map(ItemRef::key),
                Optional.of(row.ready()).filter(ready -> ready));
    }

    static TaskLine of(TaskView task) {
        return new TaskLine(
                task.key(),
                task.title(),
                task.status().key(),
                Optional.of(task.priority())
                        .filter(priority -> priority != Priority.NONE)
                        .map(Priority::key),
                task.owner(),
                task.workstream().map(ItemRef::key),
                Optional.of(task.ready()).filter(ready -> ready));
    }

    String line() {
        return key + " " + title + " (" + status
                + priority.map(word -> ", " + word).orElse("")
                + owner.map(handle -> ", @" + handle).orElse("")
                + ready.map(_ -> ", ready").orElse("") + ")";
    }

    static String lines(List<TaskLine> lines) {
        return lines.stream().map(line -> "\n- " + line.line()).collect(Collectors.joining());
    }
}
