package dev.covibe.agents;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import java.util.Arrays;
import java.util.Locale;

/** How a session ended. The sweeper knows only {@link #ABANDONED}. */
public enum SessionOutcome {
    DONE,
    PARTIAL,
    FAILED,
    ABANDONED;

    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws Refusal.Invalid {@code session.outcome-unknown} */
    @JsonCreator
    public static SessionOutcome of(String key) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.key().equals(key))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(
                        "session.outcome-unknown",
                        "There is no session outcome '" + key + "'. Known: done, partial, failed, abandoned.",
                        new FieldError("outcome", "one of done, partial, failed, abandoned")));
    }
}
