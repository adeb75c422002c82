package dev.covibe.ops.demo;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.List;

/**
 * The eight weeks: Monday to Friday, and the last day whatever day it is, so that there is always something going on at
 * the end.
 *
 * @param end the moment at which the story stops
 */
record Weeks(ZoneId zone, LocalDate first, LocalDate last, Instant end) {

    static final int MANY = 8;
    static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    private static final LocalTime EVENING = LocalTime.of(16, 30);

    /** Today ends with this moment, so that somebody is at work in it; any other day with its evening. */
    static Weeks until(LocalDate last, Instant now) {
        LocalDate first =
                last.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).minusWeeks(MANY - 1);
        Instant evening = last.atTime(EVENING).atZone(ZONE).toInstant();
        boolean today = last.equals(LocalDate.ofInstant(now, ZONE));
        Instant end = today ? now.truncatedTo(ChronoUnit.MINUTES) : evening;
        return new Weeks(ZONE, first, last, end);
    }

    /** When the workspace was opened: on the Friday before. */
    Instant opening() {
        return first.minusDays(3).atTime(8, 0).atZone(zone).toInstant();
    }

    List<LocalDate> days() {
        return first.datesUntil(last.plusDays(1)).toList();
    }

    /** In weeks, the last day included. */
    double length() {
        return (ChronoUnit.DAYS.between(first, last) + 1) / 7.0;
    }

    int week(LocalDate day) {
        return (int) (ChronoUnit.DAYS.between(first, day) / 7);
    }

    boolean isWorkday(LocalDate day) {
        return day.equals(last) || day.getDayOfWeek().getValue() <= DayOfWeek.FRIDAY.getValue();
    }

    boolean works(Person person, LocalDate day) {
        return isWorkday(day) && (day.equals(last) || !person.away().contains(week(day)));
    }

    /** A moment so many weeks after the beginning, at ten in the morning of a workday. */
    Instant at(double weeks) {
        LocalDate day = first.plusDays((long) (weeks * 7));
        while (!isWorkday(day) && day.isBefore(last)) {
            day = day.plusDays(1);
        }
        return day.atTime(8, 20).atZone(zone).toInstant().plus(Duration.ofMinutes((long) (weeks * 977 % 420)));
    }

    Instant opens(Person person, LocalDate day) {
        return day.atTime(person.from(), 0).atZone(zone).toInstant();
    }

    Instant closes(Person person, LocalDate day) {
        return day.atTime(person.to(), 0).atZone(zone).toInstant();
    }

    LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, zone);
    }

    /** The first moment from {@code at} on at which a person works; their next morning when there is none today. */
    Instant working(Person person, Instant at) {
        LocalDate day = day(at);
        for (int ahead = 0; ahead < 60; ahead++, day = day.plusDays(1)) {
            if ((works(person, day) || day.isAfter(last)) && at.isBefore(closes(person, day))) {
                Instant opens = opens(person, day);
                return at.isBefore(opens) ? opens : at;
            }
        }
        return at;
    }

    /** So many working hours later. */
    Instant later(Person person, Instant from, double hours) {
        Instant at = working(person, from);
        Duration left = Duration.ofSeconds((long) (hours * 3600));
        while (true) {
            Duration today = Duration.between(at, closes(person, day(at)));
            if (left.compareTo(today) <= 0) {
                return at.plus(left);
            }
            left = left.minus(today);
            at = working(person, closes(person, day(at)).plusSeconds(1));
        }
    }

    boolean isOver(Instant at) {
        return !at.isBefore(end);
    }
}
