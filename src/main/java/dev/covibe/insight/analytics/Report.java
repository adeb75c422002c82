package dev.covibe.insight.analytics;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What the work of some days adds up to (CON-5). docs/analytics.md says what each figure is.
 *
 * @param by project, workstream, developer, agent or model
 * @param previous the same of as many days before
 * @param rows those that cost most first; the bucket of what belongs to none of them last
 * @param days cost and tokens of each day that has any
 */
@RegisterForReflection
public record Report(
        LocalDate from,
        LocalDate to,
        String timeZone,
        String by,
        Figures total,
        Figures previous,
        Health health,
        List<Row> rows,
        List<Day> days) {

    /**
     * @param costNanos in billionths of a US dollar, on the day of use
     * @param estimatedNanos the part of it that agents only said of themselves
     * @param sessions that began
     * @param completions tasks that were done; absent where a task does not belong to one group
     * @param cycleSeconds the mean time from the start of work to its end; absent without completions
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Figures(
            BigInteger costNanos,
            BigInteger estimatedNanos,
            long tokens,
            long sessions,
            Optional<Long> completions,
            Optional<Long> cycleSeconds) {}

    /**
     * @param key what it is called in short: {@code WEB}, {@code @lin}
     * @param name longer, where there is one
     */
    @RegisterForReflection
    public record Row(String key, String name, Figures figures) {}

    @RegisterForReflection
    public record Day(LocalDate day, BigInteger costNanos, long tokens) {}

    /**
     * How well people and agents help one another.
     *
     * @param blockersHours the median time from a blocker to its answer, of those answered in these days
     * @param decisionsHours the median time from a question to its decision, of those decided in these days
     * @param warnings pairs that were raised and answered: all of the following three
     * @param confirmed pairs that a plan confirmed as different work
     * @param dismissed pairs of which somebody said that they are different
     * @param same pairs of which somebody said that they are the same
     * @param precision the share of {@code same} among the warnings, 0 to 1; absent without any (OVL-6)
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Health(
            long blockersRaised,
            long blockersAnswered,
            Optional<Double> blockersHours,
            long decisionsAsked,
            long decisionsMade,
            Optional<Double> decisionsHours,
            long warnings,
            long confirmed,
            long dismissed,
            long same,
            Optional<Double> precision) {}
}
