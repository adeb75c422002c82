package dev.covibe.agents.usage;

import dev.covibe.identity.AgentType;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One reported use of a model.
 *
 * @param index of the item in its batch, for the answer
 * @param key the same for the same item however often it is sent: see {@link Keys}
 * @param sitting whose it is
 * @param provider lower case; empty when nobody said
 * @param cost what the vendor's client says it cost
 * @param latencyMillis how long the call took
 */
public record UsageItem(
        int index,
        UUID key,
        UsageSource source,
        Sitting sitting,
        Instant at,
        String provider,
        String model,
        Amounts amounts,
        GivenCost cost,
        Optional<Long> latencyMillis,
        Optional<String> errorClass) {

    /**
     * The session that an item speaks of.
     *
     * @param external the vendor's session id
     * @param id our own session id, where the sender knows it
     */
    public record Sitting(AgentType agent, Optional<String> external, Optional<UUID> id) {}

    /** What an item says about money. */
    public sealed interface GivenCost {
        /** Nothing: the price book knows. */
        record Unknown() implements GivenCost {}

        /** The vendor's client computed it. */
        record Reported(long nanos) implements GivenCost {}

        /** Another item of the same source carries it. */
        record Elsewhere() implements GivenCost {}
    }

    public static final GivenCost UNKNOWN_COST = new GivenCost.Unknown();
    public static final GivenCost COST_ELSEWHERE = new GivenCost.Elsewhere();
}
