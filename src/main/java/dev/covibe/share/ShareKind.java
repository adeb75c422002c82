package dev.covibe.share;

import dev.covibe.platform.problem.Refusal;
import java.util.Locale;

/** What can be shared. */
public enum ShareKind {
    WEEK("Weekly summary"),
    WORKSTREAM("Workstream"),
    DEVELOPER("Developer card"),
    PERFORMANCE("Performance overview");

    private final String title;

    ShareKind(String title) {
        this.title = title;
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    /** @throws Refusal.Invalid when there is no such kind */
    public static ShareKind of(String key) {
        for (ShareKind kind : values()) {
            if (kind.key().equals(key)) {
                return kind;
            }
        }
        throw Refusal.invalidField("/kind", "What can be shared is a week, a workstream, a developer or performance.");
    }
}
