package dev.covibe.work;

import dev.covibe.identity.Caller;
import java.util.UUID;

/** A task is done or cancelled, by whichever way. Observed within the transaction that closes it. */
public record TaskClosed(Caller caller, UUID taskId) {}
