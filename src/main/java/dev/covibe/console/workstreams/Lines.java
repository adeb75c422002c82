package dev.covibe.console.workstreams;

import dev.covibe.console.frame.People;
import dev.covibe.console.frame.When;
import dev.covibe.work.ItemRef;
import dev.covibe.work.TaskRow;
import java.time.Instant;
import java.util.Objects;

/** Turns tasks as the work desk lists them into lines of a page. */
final class Lines {

    private static final int LABELS_SHOWN = 2;

    private Lines() {}

    static TaskLine line(TaskRow task, People people, Instant now) {
        String stream = task.workstream().map(ItemRef::title).orElse("");
        return new TaskLine(
                task.key(),
                task.title(),
                task.status().key(),
                task.status().title(),
                task.priority().key(),
                task.priority().title(),
                task.labels().stream().limit(LABELS_SHOWN).toList(),
                stream,
                people.who(task.owner(), task.ownerAgent()),
                task.blocked() ? "Waits for another task" : "",
                Moves.keys(task.status()),
                When.of(task.updatedAt(), now),
                Integer.toHexString(Objects.hash(task.updatedAt(), task.blocked(), stream)));
    }
}
