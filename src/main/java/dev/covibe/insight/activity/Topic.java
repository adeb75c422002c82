package dev.covibe.insight.activity;

import dev.covibe.journal.EventKind;
import dev.covibe.platform.problem.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Kinds of events that people look for together. */
public enum Topic {
    PLANS(
            "Plans and results",
            EventKind.PLANNED,
            EventKind.STARTED,
            EventKind.CHANGED,
            EventKind.COMPLETED,
            EventKind.IMPORTED),
    PROGRESS("Progress and notes", EventKind.PROGRESSED, EventKind.NOTED),
    HELP(
            "Blockers and decisions",
            EventKind.BLOCKED,
            EventKind.UNBLOCKED,
            EventKind.DECISION_WANTED,
            EventKind.DECIDED),
    MESSAGES("Messages", EventKind.MESSAGED, EventKind.ACKNOWLEDGED),
    CLAIMS("Claims", EventKind.CLAIMED, EventKind.RELEASED, EventKind.CLAIM_OVERRIDDEN),
    OVERLAPS("Overlaps", EventKind.CONFIRMED, EventKind.OVERLAP_ANSWERED, EventKind.AUDITED),
    SESSIONS("Sessions", EventKind.SESSION_STARTED, EventKind.SESSION_ENDED),
    REPOSITORIES("Repositories", EventKind.HEADS_MOVED);

    private final String title;
    private final List<EventKind> kinds;

    Topic(String title, EventKind... kinds) {
        this.title = title;
        this.kinds = List.of(kinds);
    }

    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String title() {
        return title;
    }

    List<EventKind> kinds() {
        return kinds;
    }

    /** @throws Refusal.Invalid when there is no such topic */
    public static Topic of(String key) {
        return Arrays.stream(values())
                .filter(topic -> topic.key().equals(key))
                .findFirst()
                .orElseThrow(() -> Refusal.invalidField(
                        "topic",
                        "There is no topic '" + key + "'. Known: "
                                + Arrays.stream(values()).map(Topic::key).collect(Collectors.joining(", ")) + "."));
    }
}
