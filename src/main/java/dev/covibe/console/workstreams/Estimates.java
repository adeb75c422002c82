package dev.covibe.console.workstreams;

import dev.covibe.platform.problem.Refusal;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Estimates are kept in minutes and spoken in hours. */
final class Estimates {

    private static final int MINUTES = 60;
    private static final Pattern HOURS = Pattern.compile("(\\d{1,4})(?:[.,](\\d{1,2}))?\\s*h?");

    private Estimates() {}

    /** {@code 6 h}, {@code 1 h 30 min}, {@code 45 min} */
    static String words(int minutes) {
        int hours = minutes / MINUTES;
        int rest = minutes % MINUTES;
        if (hours == 0) {
            return rest + " min";
        }
        return rest == 0 ? hours + " h" : hours + " h " + rest + " min";
    }

    /** As it stands in the form: {@code 1.5}. */
    static String hours(int minutes) {
        return minutes % MINUTES == 0
                ? String.valueOf(minutes / MINUTES)
                : String.valueOf(Math.round(minutes * 100.0 / MINUTES) / 100.0);
    }

    /** Reads hours; empty text is no estimate. */
    static Optional<Integer> minutes(String hours) {
        if (hours.isBlank()) {
            return Optional.empty();
        }
        Matcher matcher = HOURS.matcher(hours.strip());
        if (!matcher.matches()) {
            throw Refusal.invalidField("/estimate", "Write the hours as a number, such as 6 or 1.5.");
        }
        double fraction = matcher.group(2) == null ? 0 : Double.parseDouble("0." + matcher.group(2));
        return Optional.of((int) Math.round((Integer.parseInt(matcher.group(1)) + fraction) * MINUTES));
    }
}
