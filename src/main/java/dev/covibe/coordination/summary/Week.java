package dev.covibe.coordination.summary;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/**
 * A week of a workspace, Monday to Sunday in its time zone.
 *
 * @param from its beginning
 * @param to the next week's beginning
 */
record Week(LocalDate monday, ZoneId zone, Instant from, Instant to) {

    static Week of(LocalDate day, ZoneId zone) {
        LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        return new Week(
                monday,
                zone,
                monday.atStartOfDay(zone).toInstant(),
                monday.plusWeeks(1).atStartOfDay(zone).toInstant());
    }

    LocalDate sunday() {
        return monday.plusDays(6);
    }
}
