package dev.covibe.coordination.claims;

import java.util.Locale;

/** What ended a claim. */
enum ReleasedBy {
    HOLDER,
    ADMIN,
    SESSION,
    TASK,
    LAPSE;

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Why, for those who read the story. */
    String words() {
        return switch (this) {
            case HOLDER -> "given back";
            case ADMIN -> "released by an admin";
            case SESSION -> "the session ended";
            case TASK -> "the task is closed";
            case LAPSE -> "lapsed";
        };
    }
}
