package dev.covibe.agents;

import dev.covibe.identity.Caller;
import java.util.UUID;

/** A session gave a sign of life: at most once a minute. Observed within the transaction that notes it. */
public record SessionSeen(Caller caller, UUID sessionId) {}
