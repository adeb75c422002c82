package dev.covibe.work;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How soon a task is wanted. The ready queue gives out urgent tasks first. */
public enum Priority {
    NONE,
    LOW,
    MEDIUM,
    HIGH,
    URGENT;

    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As people read it: {@code No priority}, {@code High}. */
    public String title() {
        return this == NONE ? "No priority" : name().charAt(0) + key().substring(1);
    }

    /** @throws Refusal.Invalid {@code task.priority-unknown} */
    @JsonCreator
    public static Priority of(String key) {
        return Arrays.stream(values())
                .filter(priority -> priority.key().equals(key))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(
                        "task.priority-unknown",
                        "There is no priority '" + key + "'. Known: " + known() + ".",
                        new FieldError("/priority", "one of " + known())));
    }

    private static String known() {
        return Arrays.stream(values()).map(Priority::key).collect(Collectors.joining(", "));
    }
}
