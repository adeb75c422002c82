package dev.covibe.work;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Where a task stands (WRK-2). Open states may follow one another freely; a closed task can only be reopened. */
public enum TaskStatus {
    BACKLOG("Backlog"),
    PLANNED("Planned"),
    IN_PROGRESS("In progress"),
    IN_REVIEW("In review"),
    DONE("Done"),
    CANCELLED("Cancelled");

    public static final Set<TaskStatus> OPEN = Set.copyOf(EnumSet.range(BACKLOG, IN_REVIEW));

    private final String title;

    TaskStatus(String title) {
        this.title = title;
    }

    /** As it is stored and sent: {@code in_progress}. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether somebody should be at it. */
    public boolean isUnderWay() {
        return this == IN_PROGRESS || this == IN_REVIEW;
    }

    /** As people read it: {@code In progress}. */
    public String title() {
        return title;
    }

    public boolean isOpen() {
        return OPEN.contains(this);
    }

    /** Whether a task may go from here to there by hand. */
    public boolean canBecome(TaskStatus next) {
        return this != next && (isOpen() || next == BACKLOG || next == PLANNED);
    }

    /** @throws Refusal.Invalid {@code task.status-unknown} */
    @JsonCreator
    public static TaskStatus of(String key) {
        return Arrays.stream(values())
                .filter(status -> status.key().equals(key))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(
                        "task.status-unknown",
                        "There is no task status '" + key + "'. Known: " + known() + ".",
                        new FieldError("/status", "one of " + known())));
    }

    private static String known() {
        return Arrays.stream(values()).map(TaskStatus::key).collect(Collectors.joining(", "));
    }
}
