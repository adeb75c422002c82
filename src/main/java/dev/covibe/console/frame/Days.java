package dev.covibe.console.frame;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Days as people read them, always with their year. */
public final class Days {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);

    private Days() {}

    /** {@code 6 Nov 2026} */
    public static String of(LocalDate day) {
        return DAY.format(day);
    }
}
