package dev.covibe.insight.performance;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.insight.facts.SessionFigures;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * How agents do and what they cost (CON-2, Agents &amp; cost).
 *
 * @param agents all that are not retired or did anything, the dearest first
 * @param used everything that was used, and where each number comes from; however it is cut, the parts add up to it
 * @param boards empty where the company ranks nobody
 */
@RegisterForReflection
public record AgentsReport(
        Span span,
        UsageTotals used,
        UsageTotals usedBefore,
        SessionFigures sessions,
        SessionFigures sessionsBefore,
        List<DayValue> costs,
        List<Agent> agents,
        List<Spend> byDeveloper,
        List<Spend> byAgent,
        List<Spend> byModel,
        List<Spend> byTask,
        List<Allocation> allocation,
        List<Board> boards) {

    /**
     * A managed agent.
     *
     * @param health {@code good}, {@code watch}, {@code failing} or {@code quiet}
     * @param activeDays on which a session began, of all days
     * @param utilisation active days ÷ days
     * @param guidance what its cost per session means
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Agent(
            UUID id,
            String owner,
            String type,
            String kind,
            String name,
            String purpose,
            String status,
            String health,
            SessionFigures now,
            SessionFigures before,
            long activeDays,
            double utilisation,
            Optional<Double> errorShare,
            Optional<BigInteger> costPerSession,
            String guidance,
            Insight insight) {}

    /** What works, what hinders, and what would help at once (INS-2). */
    @RegisterForReflection
    public record Insight(List<Remark> works, List<Remark> hinders, List<Remark> quickWins) {}

    /**
     * A part of what was spent.
     *
     * @param key absent for what belongs to nothing
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Spend(Optional<String> key, String mark, String name, UsageTotals used) {}

    /** What one developer spent on one model. */
    @RegisterForReflection
    public record Allocation(String developer, String model, BigInteger nanos) {}

    /**
     * Agents in the order of one figure.
     *
     * @param rule who is in it
     */
    @RegisterForReflection
    public record Board(String key, String title, String rule, List<Place> places) {}

    @RegisterForReflection
    public record Place(String name, String owner, String value, String note) {}
}
