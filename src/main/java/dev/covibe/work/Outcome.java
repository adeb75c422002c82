package dev.covibe.work;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import java.util.Locale;

/** How a task or workstream ended. */
public enum Outcome {
    DONE,
    CANCELLED;

    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    TaskStatus taskStatus() {
        return switch (this) {
            case DONE -> TaskStatus.DONE;
            case CANCELLED -> TaskStatus.CANCELLED;
        };
    }

    WorkstreamStatus workstreamStatus() {
        return switch (this) {
            case DONE -> WorkstreamStatus.DONE;
            case CANCELLED -> WorkstreamStatus.CANCELLED;
        };
    }

    /** @throws Refusal.Invalid {@code work.outcome-unknown} */
    @JsonCreator
    public static Outcome of(String key) {
        return switch (key) {
            case "done" -> DONE;
            case "cancelled" -> CANCELLED;
            default ->
                throw Refusal.invalid(
                        "work.outcome-unknown",
                        "There is no outcome '" + key + "'. Known: done, cancelled.",
                        new FieldError("/outcome", "done or cancelled"));
        };
    }
}
