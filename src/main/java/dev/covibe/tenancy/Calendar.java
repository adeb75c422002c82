package dev.covibe.tenancy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/** How a workspace counts its days and weeks (INS-3). */
public record Calendar(ZoneId zone, DayOfWeek weekStart) {

    /** The day on which a moment lies. */
    public LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, zone);
    }

    /** The first moment of a day. Not every day has 24 hours. */
    public Instant start(LocalDate day) {
        return day.atStartOfDay(zone).toInstant();
    }

    /** The first day of the week in which a day lies. */
    public LocalDate week(LocalDate day) {
        return day.with(TemporalAdjusters.previousOrSame(weekStart));
    }
}
