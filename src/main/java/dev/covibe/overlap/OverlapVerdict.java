package dev.covibe.overlap;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import java.util.Locale;

/** What a person says of a pair that was raised. */
public enum OverlapVerdict {
    /** It was raised for nothing: other work, in similar words. */
    DIFFERENT,
    /** It was raised rightly. */
    SAME;

    /** As it is stored and sent. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws Refusal.Invalid {@code overlap.verdict-unknown} */
    @JsonCreator
    public static OverlapVerdict of(String key) {
        return switch (key) {
            case "different" -> DIFFERENT;
            case "same" -> SAME;
            default ->
                throw Refusal.invalid(
                        "overlap.verdict-unknown",
                        "There is no verdict '" + key + "'. Known: different, same.",
                        new FieldError("/verdict", "different or same"));
        };
    }
}
