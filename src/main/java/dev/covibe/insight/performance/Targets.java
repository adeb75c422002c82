package dev.covibe.insight.performance;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What a workspace wants to reach.
 *
 * @param tasksPerWeek done by each developer in seven days, 0.1 to 100
 * @param sessionCompletion share of ended sessions with outcome done, 0.01 to 1
 * @param errorShare at most this share of calls and tool spans fails, 0.001 to 1
 * @param attribution share of tokens that belong to a task, 0.01 to 1
 * @param cycleDays at most so long from the start of work to its end, 0.1 to 365
 * @param costPerTask at most so many US dollars for a task that was done, 0.01 to 100,000
 */
@RegisterForReflection
public record Targets(
        double tasksPerWeek,
        double sessionCompletion,
        double errorShare,
        double attribution,
        double cycleDays,
        double costPerTask) {

    /** What holds until an admin says otherwise; docs/metrics.md states the same numbers. */
    public static final Targets USUAL = new Targets(3, 0.7, 0.05, 0.8, 3, 25);

    static final double SECONDS_OF_A_DAY = 86_400;

    double cycleSeconds() {
        return cycleDays * SECONDS_OF_A_DAY;
    }

    double costNanos() {
        return costPerTask * 1e9;
    }
}
