package dev.covibe.coordination.messages;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import java.util.Locale;

/** Urgent messages stand on the Coordination page until they are acknowledged. */
public enum MessagePriority {
    NORMAL,
    URGENT;

    /** As it is stored and sent. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws Refusal.Invalid {@code message.priority-unknown} */
    @JsonCreator
    public static MessagePriority of(String key) {
        return switch (key) {
            case "normal" -> NORMAL;
            case "urgent" -> URGENT;
            default ->
                throw Refusal.invalid(
                        "message.priority-unknown",
                        "There is no priority '" + key + "'. Known: normal, urgent.",
                        new FieldError("/priority", "normal or urgent"));
        };
    }
}
