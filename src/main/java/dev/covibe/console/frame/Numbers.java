package dev.covibe.console.frame;

import java.util.Locale;

/** Counts as people read them. */
public final class Numbers {

    private static final long THOUSAND = 1_000;
    private static final String[] UNITS = {"k", "M", "B", "T"};

    private Numbers() {}

    /** {@code 12,345} */
    public static String grouped(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    /** {@code 950}, {@code 12.4k}, {@code 3.1M}: for tokens, of which there are many. */
    public static String tokens(long number) {
        if (number < THOUSAND) {
            return String.valueOf(number);
        }
        double rest = (double) number / THOUSAND;
        int unit = 0;
        // 999,950 would read 1000.0k.
        while (rest >= 999.95 && unit < UNITS.length - 1) {
            rest /= THOUSAND;
            unit++;
        }
        return String.format(Locale.ENGLISH, "%.1f%s", rest, UNITS[unit]);
    }
}
