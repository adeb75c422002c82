package dev.covibe.console.workstreams;

import dev.covibe.work.TaskStatus;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which way a task can go from where it stands, the likeliest first, in the words of the buttons. */
final class Moves {

    private Moves() {}

    static List<TaskDetail.Move> of(TaskStatus from) {
        return next(from)
                .map(to -> new TaskDetail.Move(to.key(), word(from, to), to == TaskStatus.DONE))
                .toList();
    }

    /** The same for a row's attribute: keys separated by spaces. */
    static String keys(TaskStatus from) {
        return next(from).map(TaskStatus::key).collect(Collectors.joining(" "));
    }

    private static Stream<TaskStatus> next(TaskStatus from) {
        List<TaskStatus> likely =
                switch (from) {
                    case BACKLOG -> order(TaskStatus.PLANNED, TaskStatus.IN_PROGRESS);
                    case PLANNED -> order(TaskStatus.IN_PROGRESS, TaskStatus.BACKLOG);
                    case IN_PROGRESS -> order(TaskStatus.IN_REVIEW, TaskStatus.DONE);
                    case IN_REVIEW -> order(TaskStatus.DONE, TaskStatus.IN_PROGRESS);
                    case DONE, CANCELLED -> order(TaskStatus.PLANNED, TaskStatus.BACKLOG);
                };
        return Stream.concat(likely.stream(), Stream.of(TaskStatus.values()))
                .distinct()
                .filter(from::canBecome);
    }

    private static List<TaskStatus> order(TaskStatus first, TaskStatus second) {
        return List.of(first, second);
    }

    private static String word(TaskStatus from, TaskStatus to) {
        return switch (to) {
            case BACKLOG -> from.isOpen() ? "Put into backlog" : "Reopen in backlog";
            case PLANNED -> from.isOpen() ? "Put back to planned" : "Reopen as planned";
            case IN_PROGRESS -> from == TaskStatus.IN_REVIEW ? "Back to work" : "Start work";
            case IN_REVIEW -> "Send to review";
            case DONE -> "Complete";
            case CANCELLED -> "Cancel task";
        };
    }
}
