package dev.covibe.console.frame;

import io.quarkus.qute.TemplateData;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * A moment as the console tells it: relative at a glance, exact on hover. {@code time.js} keeps the relative text
 * fresh with the same words.
 *
 * @param iso for the machine
 * @param exact for the hover
 * @param ago "3 min ago"; past a week the date
 */
@TemplateData
public record When(String iso, String exact, String ago) {

    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern(
                    "d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_OF_YEAR =
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    public static When of(Instant moment, Instant now) {
        return new When(moment.truncatedTo(ChronoUnit.SECONDS).toString(), EXACT.format(moment), ago(moment, now));
    }

    private static String ago(Instant moment, Instant now) {
        Duration age = Duration.between(moment, now);
        if (age.isNegative()) {
            return ahead(moment, age.negated(), now);
        }
        if (age.toSeconds() < 60) {
            return "now";
        }
        if (age.toMinutes() < 60) {
            return age.toMinutes() + " min ago";
        }
        if (age.toHours() < 24) {
            return age.toHours() + " h ago";
        }
        return age.toDays() < 7 ? age.toDays() + " d ago" : day(moment, now);
    }

    private static String ahead(Instant moment, Duration distance, Instant now) {
        if (distance.toHours() < 24) {
            return distance.toMinutes() < 1 ? "now" : "today";
        }
        return distance.toDays() < 7 ? "in " + distance.toDays() + " d" : day(moment, now);
    }

    private static String day(Instant moment, Instant now) {
        boolean sameYear = moment.atZone(ZoneOffset.UTC).getYear()
                == now.atZone(ZoneOffset.UTC).getYear();
        return (sameYear ? DAY : DAY_OF_YEAR).format(moment);
    }
}
