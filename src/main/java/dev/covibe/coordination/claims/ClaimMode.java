package dev.covibe.coordination.claims;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import java.util.Locale;

/** Whether others may claim the same: an exclusive claim bears no other, shared ones bear one another. */
public enum ClaimMode {
    EXCLUSIVE,
    SHARED;

    /** As it is stored and sent. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws Refusal.Invalid {@code claim.mode-unknown} */
    @JsonCreator
    public static ClaimMode of(String key) {
        return switch (key) {
            case "exclusive" -> EXCLUSIVE;
            case "shared" -> SHARED;
            default ->
                throw Refusal.invalid(
                        "claim.mode-unknown",
                        "There is no mode '" + key + "'. Known: exclusive, shared.",
                        new FieldError("/mode", "exclusive or shared"));
        };
    }
}
