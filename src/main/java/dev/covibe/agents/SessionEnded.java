package dev.covibe.agents;

import dev.covibe.identity.Caller;
import java.util.UUID;

/**
 * A session is over, by its agent or by the sweeper. Observed within the transaction of the end.
 *
 * @param caller acting in the session that ended
 */
public record SessionEnded(Caller caller, UUID sessionId) {}
