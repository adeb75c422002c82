package dev.covibe.insight.facts;

import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.tenancy.Calendar;
import dev.covibe.tenancy.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** Reads which days are asked for. */
@ApplicationScoped
public class Periods {

    /** The ranges that pages offer, in days up to today. */
    public static final List<Integer> OFFERED = List.of(7, 28, 56, 84);

    public static final int USUAL = 28;

    private final Workspaces workspaces;
    private final Clock clock;

    Periods(Workspaces workspaces, Clock clock) {
        this.workspaces = workspaces;
        this.clock = clock;
    }

    /** The last days up to today, where the workspace is. */
    public Period last(Caller caller, int days) {
        Calendar calendar = workspaces.calendar(caller.place());
        return Period.upTo(calendar.day(clock.instant()), days, calendar);
    }

    /** The running week so far. */
    public Period week(Caller caller) {
        Calendar calendar = workspaces.calendar(caller.place());
        LocalDate today = calendar.day(clock.instant());
        return new Period(calendar.week(today), today, calendar);
    }

    /**
     * The days that an address asks for.
     *
     * @param range days up to today, 1 to {@value Period#MOST_DAYS}; the usual {@value #USUAL} when nothing is asked
     * @param from a first day, as 2026-11-16, instead of a range
     * @param to the last day; today when empty
     * @throws Refusal.Invalid when that is no period, or too long a one
     */
    public Period asked(Caller caller, Optional<String> range, Optional<String> from, Optional<String> to) {
        Calendar calendar = workspaces.calendar(caller.place());
        LocalDate today = calendar.day(clock.instant());
        Optional<LocalDate> first = from.filter(text -> !text.isBlank()).map(text -> day(text, "from"));
        LocalDate last =
                to.filter(text -> !text.isBlank()).map(text -> day(text, "to")).orElse(today);
        if (first.isEmpty()) {
            return Period.upTo(
                    last,
                    range.filter(text -> !text.isBlank()).map(Periods::days).orElse(USUAL),
                    calendar);
        }
        if (last.isBefore(first.get())) {
            throw Refusal.invalidField("to", "The last day lies before the first.");
        }
        Period period = new Period(first.get(), last, calendar);
        if (period.length() > Period.MOST_DAYS) {
            throw Refusal.invalidField("from", "Ask for at most " + Period.MOST_DAYS + " days at once.");
        }
        return period;
    }

    private static int days(String text) {
        if (text.matches("\\d{1,3}")) {
            int days = Integer.parseInt(text);
            if (days >= 1 && days <= Period.MOST_DAYS) {
                return days;
            }
        }
        throw Refusal.invalidField("range", "A range is a number of days, from 1 to " + Period.MOST_DAYS + ".");
    }

    private static LocalDate day(String text, String field) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeParseException unreadable) {
            throw Refusal.invalidField(field, "A day is written 2026-11-16.");
        }
    }
}
