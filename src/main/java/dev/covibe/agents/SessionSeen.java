package dev.covibe.agents;

import dev.covibe.identity.Caller;
import java.util.UUID;

/**
 * A session gave a sign of life: at most once a minute by its calls, once for each batch of its telemetry. Observed within
 * a transaction.
 */
public record SessionSeen(Caller caller, UUID sessionId) {}
