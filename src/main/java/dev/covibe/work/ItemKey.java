package dev.covibe.work;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people call a task or workstream: a project's key and a number ({@code WEB-12}), or {@code WS-3}. Read without
 * regard to case.
 */
record ItemKey(String prefix, int number) {

    /** The prefix of workstreams, which no project may have. */
    static final String WORKSTREAM = "WS";

    private static final Pattern TEXT = Pattern.compile("^([A-Z]{2,8})-([1-9]\\d{0,8})$");

    static Optional<ItemKey> of(String text) {
        Matcher matcher = TEXT.matcher(text.strip().toUpperCase(Locale.ROOT));
        return matcher.matches()
                ? Optional.of(new ItemKey(matcher.group(1), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    boolean isWorkstream() {
        return prefix.equals(WORKSTREAM);
    }

    @Override
    public String toString() {
        return prefix + "-" + number;
    }
}
