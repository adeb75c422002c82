package dev.covibe.agents.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.covibe.identity.AgentType;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A managed agent and how it does, over a number of days of the workspace, today the last (AGT-7).
 *
 * @param owner handle of the developer whom it works for
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record AgentView(
        UUID id,
        String owner,
        AgentType type,
        String name,
        String purpose,
        AgentStatus status,
        Instant createdAt,
        Figures figures) {

    /**
     * Every figure that nothing is known for is absent, never 0.
     *
     * @param days how many days it looks back
     * @param sessions that began in them
     * @param open sessions that have not ended
     * @param lastSeenAt the last sign of life of the sessions that began last
     * @param activeDays days of the workspace on which a session began
     * @param utilisation active days of all days, 0 to 1
     * @param hours in session, counted once where sessions that began on one day overlap
     * @param completion of the sessions that ended, those with outcome done, 0 to 1
     * @param calls to models, as far as they are told
     * @param callErrors failed calls of all, 0 to 1
     * @param toolErrors failed tool spans of all, 0 to 1
     * @param covered sessions of which any usage is known
     * @param tokens used in the sessions
     * @param costNanos of the sessions, in billionths of a US dollar
     * @param costPerSessionNanos cost divided by the covered sessions
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Figures(
            int days,
            long sessions,
            long open,
            Optional<Instant> lastSeenAt,
            long activeDays,
            double utilisation,
            double hours,
            Optional<Double> completion,
            long calls,
            Optional<Double> callErrors,
            Optional<Double> toolErrors,
            long covered,
            long tokens,
            long costNanos,
            Optional<Long> costPerSessionNanos) {}
}
