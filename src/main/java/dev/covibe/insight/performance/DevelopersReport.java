package dev.covibe.insight.performance;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How each developer does (CON-2, Developers).
 *
 * @param developers all members, and whoever left and did something in these days; by handle
 * @param boards empty where the company ranks nobody
 */
@RegisterForReflection
public record DevelopersReport(
        Span span, Targets targets, Figures team, List<Developer> developers, List<AgentsReport.Board> boards) {

    /**
     * One developer.
     *
     * @param id of the developer
     * @param activeDays with anything, of all days
     * @param attainment of each target
     * @param attained the mean of what is known, 0 to 1
     * @param open sessions that have not ended and are not stale; {@code stale} those that are
     * @param blocked open blockers that concern them
     * @param days events on each day of twelve weeks
     * @param tasks the latest in progress, in review and done
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Developer(
            String id,
            String handle,
            Figures now,
            Figures before,
            int activeDays,
            List<Attainment> attainment,
            Optional<Double> attained,
            Brief brief,
            long open,
            long stale,
            long blocked,
            List<DayValue> days,
            List<Work> tasks) {}

    /**
     * A task in a ledger.
     *
     * @param cycleSeconds from start to end; absent while it is open
     * @param nanos what was ever spent on it, in billionths of a US dollar
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Work(
            String key,
            String title,
            String status,
            Instant updatedAt,
            Optional<Long> cycleSeconds,
            BigInteger nanos,
            long tokens) {}
}
