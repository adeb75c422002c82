package dev.covibe.insight.performance;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.covibe.agents.alerts.AlertView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What goes on now and what needs a hand (CON-2, Diagnostics).
 *
 * @param today of which the figures are
 * @param next what a lead should do first
 * @param alerts open ones, those that wait for somebody first
 * @param traces the latest with more than one step
 */
@RegisterForReflection
public record Diagnostics(
        LocalDate today,
        Overview.Waiting waiting,
        long idleSessions,
        Pressure errors,
        Spending spend,
        Remark next,
        List<AlertView> alerts,
        List<Trace> traces) {

    /**
     * How much fails today, against the fourteen days before.
     *
     * @param share of calls to models and tool spans, 0 to 1
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Pressure(long failed, long all, Optional<Double> share, Optional<Double> usual) {}

    /** @param median of the fourteen days before that had any cost; absent where none had */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Spending(BigInteger nanos, Optional<BigInteger> median) {}

    /** @param session absent where no session is known */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Trace(String id, String developer, String agentType, Optional<UUID> session, Instant at) {}
}
