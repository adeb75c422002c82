package dev.covibe.work;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import java.util.Arrays;
import java.util.Locale;

/** Where a workstream stands. It becomes active when the first of its tasks is taken. */
public enum WorkstreamStatus {
    PLANNED,
    ACTIVE,
    DONE,
    CANCELLED;

    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return name().charAt(0) + key().substring(1);
    }

    public boolean isOpen() {
        return this == PLANNED || this == ACTIVE;
    }

    /** @throws Refusal.Invalid {@code workstream.status-unknown} */
    @JsonCreator
    public static WorkstreamStatus of(String key) {
        return Arrays.stream(values())
                .filter(status -> status.key().equals(key))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(
                        "workstream.status-unknown",
                        "There is no workstream status '" + key + "'. Known: planned, active, done, cancelled.",
                        new FieldError("/status", "one of planned, active, done, cancelled")));
    }
}
