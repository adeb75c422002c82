package dev.covibe.identity.audit;

import dev.covibe.platform.problem.Refusal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** How people and programs say a time: a day in UTC ({@code 2026-11-21}) or an instant. */
public final class Span {

    private Span() {}

    /** @throws Refusal.Invalid when it is neither */
    public static Optional<Instant> from(Optional<String> text) {
        return text.filter(typed -> !typed.isBlank()).map(typed -> read(typed.strip(), "from", 0));
    }

    /** A day is meant with all of its hours, so it ends with the next one. */
    public static Optional<Instant> until(Optional<String> text) {
        return text.filter(typed -> !typed.isBlank()).map(typed -> read(typed.strip(), "until", 1));
    }

    private static Instant read(String text, String pointer, int days) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text)
                            .plusDays(days)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                    : Instant.parse(text);
        } catch (DateTimeParseException unreadable) {
            throw Refusal.invalidField(
                    pointer, "Write a day such as 2026-11-21, or a time such as 2026-11-21T09:30:00Z.");
        }
    }
}
