package dev.covibe.console.charts;

import java.time.Duration;
import java.util.Locale;

/** Lengths of time as people read them. */
public final class Spans {

    private Spans() {}

    /** {@code 420 ms}, {@code 3.2 s}, {@code 12 min 5 s}, {@code 3 h 20 min}, {@code 2 d 4 h}. */
    public static String words(long millis) {
        if (millis < 1_000) {
            return millis + " ms";
        }
        Duration time = Duration.ofMillis(millis);
        if (time.toMinutes() == 0) {
            return String.format(Locale.ENGLISH, "%.1f s", millis / 1_000.0);
        }
        if (time.toHours() == 0) {
            return parts(time.toMinutes(), "min", time.toSecondsPart(), "s");
        }
        return time.toDays() == 0
                ? parts(time.toHours(), "h", time.toMinutesPart(), "min")
                : parts(time.toDays(), "d", time.toHoursPart(), "h");
    }

    private static String parts(long whole, String unit, int rest, String restUnit) {
        return whole + " " + unit + (rest == 0 ? "" : " " + rest + " " + restUnit);
    }
}
