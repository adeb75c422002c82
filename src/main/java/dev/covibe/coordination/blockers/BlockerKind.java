package dev.covibe.coordination.blockers;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a task waits for. */
public enum BlockerKind {
    DECISION,
    DEPENDENCY,
    ACCESS,
    REVIEW,
    ENVIRONMENT,
    OTHER;

    /** As it is stored and sent. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As people read it. */
    public String title() {
        return name().charAt(0) + key().substring(1);
    }

    /** @throws Refusal.Invalid {@code blocker.kind-unknown} */
    @JsonCreator
    public static BlockerKind of(String key) {
        return Arrays.stream(values())
                .filter(kind -> kind.key().equals(key))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(
                        "blocker.kind-unknown",
                        "There is no kind of blocker '" + key + "'. Known: " + known() + ".",
                        new FieldError("/kind", "one of " + known())));
    }

    private static String known() {
        return Arrays.stream(values()).map(BlockerKind::key).collect(Collectors.joining(", "));
    }
}
