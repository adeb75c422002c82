package dev.covibe.console;

import java.util.Locale;

/** Counts as people read them. */
final class Numbers {

    private Numbers() {}

    /** {@code 12,345} */
    static String grouped(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }
}
