package dev.covibe.identity;

import java.util.Locale;

/** What a developer may do in the tenant. */
public enum Role {
    MEMBER,
    ADMIN;

    /** As it is stored and sent: {@code admin}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Role of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }
}
