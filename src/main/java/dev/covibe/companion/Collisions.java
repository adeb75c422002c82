package dev.covibe.companion;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.covibe.platform.problem.Refusal;
import java.util.Arrays;
import java.util.Locale;

/** What a hook does about an edit that collides with somebody's claim (CMP-4). */
public enum Collisions {
    WARN,
    BLOCK;

    @JsonValue
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws Refusal.Invalid when it is neither */
    @JsonCreator
    static Collisions of(String key) {
        return Arrays.stream(values())
                .filter(some -> some.key().equals(key))
                .findFirst()
                .orElseThrow(() -> Refusal.invalidField("/on_collision", "Either warn or block."));
    }
}
