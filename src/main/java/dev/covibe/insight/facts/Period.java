package dev.covibe.insight.facts;

import dev.covibe.tenancy.Calendar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Some days of a workspace (INS-3).
 *
 * @param from the first day
 * @param to the last day, which is in it
 */
public record Period(LocalDate from, LocalDate to, Calendar calendar) {

    /** A year and a day: what may be asked for at once. */
    public static final int MOST_DAYS = 366;

    public Period {
        if (to.isBefore(from)) {
            throw new IllegalArgumentException("A period ends before it begins.");
        }
    }

    /** The last days up to a day, which is in it. */
    public static Period upTo(LocalDate day, int days, Calendar calendar) {
        return new Period(day.minusDays(days - 1L), day, calendar);
    }

    /** How many days it has. */
    public int length() {
        return (int) ChronoUnit.DAYS.between(from, to) + 1;
    }

    /** As many days, right before it. */
    public Period previous() {
        return new Period(from.minusDays(length()), from.minusDays(1), calendar);
    }

    /** Each of its days in order. */
    public List<LocalDate> days() {
        return from.datesUntil(to.plusDays(1)).toList();
    }

    public boolean contains(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }

    /** Its first moment. */
    public Instant begins() {
        return calendar.start(from);
    }

    /** The first moment after it. */
    public Instant ends() {
        return calendar.start(to.plusDays(1));
    }
}
