package dev.covibe.identity.workos;

import java.util.Locale;

/** What WorkOS can be told. A kind is never renamed: rows that wait keep theirs. */
public enum OutboxKind {

    /** Invite {@code email} with {@code role}. */
    INVITATION,

    /** Make the user {@code user} a member with {@code role}. */
    MEMBERSHIP,

    /** Give the person {@code role}. */
    MEMBERSHIP_ROLE,

    /** The person is out. */
    MEMBERSHIP_END,

    /** Mail {@code email} a link for a new password. */
    PASSWORD_RESET,

    /** The organization is called {@code name}. */
    ORGANIZATION_NAME;

    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static OutboxKind of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
