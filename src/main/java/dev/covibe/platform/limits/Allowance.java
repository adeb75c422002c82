package dev.covibe.platform.limits;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So much in so long a time, as an operator writes it: {@code 1200/1m}, or {@code off} for no limit.
 *
 * @param most how often within the window, at least 1; {@link Long#MAX_VALUE} for no limit
 * @param window at least a second
 */
public record Allowance(long most, Duration window) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})/(\\d{1,4})([smh])");
    private static final Allowance OFF = new Allowance(Long.MAX_VALUE, Duration.ofDays(1));

    /** @throws IllegalArgumentException saying what is wanted, which stops the start of the server */
    public static Allowance of(String text) {
        if (text.strip().equals("off")) {
            return OFF;
        }
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) < 1 || Long.parseLong(matcher.group(2)) < 1) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a limit: write it like 1200/1m (s, m or h), or off.");
        }
        long count = Long.parseLong(matcher.group(2));
        Duration window =
                switch (matcher.group(3)) {
                    case "s" -> Duration.ofSeconds(count);
                    case "m" -> Duration.ofMinutes(count);
                    default -> Duration.ofHours(count);
                };
        return new Allowance(Long.parseLong(matcher.group(1)), window);
    }

    public boolean isOff() {
        return most == Long.MAX_VALUE;
    }
}
