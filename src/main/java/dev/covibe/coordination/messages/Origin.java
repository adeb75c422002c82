package dev.covibe.coordination.messages;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What made a message: somebody wrote it, or something happened that its recipients must hear of. */
public enum Origin {
    MESSAGE,
    /** A blocker needs the recipient. */
    BLOCKER,
    /** A blocker of the recipient was answered. */
    ANSWER,
    /** A question is put to the recipient, or one of theirs is decided. */
    DECISION,
    /** A claim of the recipient was overridden. */
    OVERRIDE;

    /** As it is stored and sent. */
    @JsonValue
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    @JsonCreator
    static Origin of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
