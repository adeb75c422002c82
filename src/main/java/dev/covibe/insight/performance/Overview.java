package dev.covibe.insight.performance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;

/**
 * How the team does (CON-2, Overview).
 *
 * @param trends each metric of the period against the one before
 * @param grid half a year, each day with every metric
 * @param day one of them, closely
 */
@RegisterForReflection
public record Overview(
        Span span,
        Figures current,
        Figures previous,
        List<Trend> trends,
        Pulse pulse,
        List<Scorecard> scorecards,
        Waiting waiting,
        List<GridDay> grid,
        Day day) {

    /**
     * The running week so far, against the same days of the week before.
     *
     * @param sentence what happened, in one line
     */
    @RegisterForReflection
    public record Pulse(Span span, Figures current, Figures previous, String sentence, Brief brief) {}

    /** What waits for somebody now. */
    @RegisterForReflection
    public record Waiting(long alerts, long blockers, long decisions, long activeSessions, long staleSessions) {

        public long all() {
            return alerts + blockers + decisions;
        }
    }

    /** @param developers those who did anything, by handle; one without a handle stands for what is nobody's */
    @RegisterForReflection
    public record Day(LocalDate day, List<DayDeveloper> developers) {}

    /** @param handle empty for what is nobody's: tasks without an owner */
    @RegisterForReflection
    public record DayDeveloper(String handle, long events, long tasks, long spans, long tokens, BigInteger nanos) {}

    @RegisterForReflection
    public record GridDay(
            LocalDate day, long events, long tasks, long spans, long tokens, BigInteger nanos, int activeDevelopers) {}
}
