package dev.covibe.identity;

import java.util.Locale;

/** What a developer may do in the tenant. */
public enum Role {
    MEMBER,
    ADMIN;

    static Role of(String stored) {
        return valueOf(stored.toUpperCase(Locale.ROOT));
    }
}
