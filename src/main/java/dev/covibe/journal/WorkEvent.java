package dev.covibe.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One fact of the log.
 *
 * @param handle the developer on whose behalf it happened
 * @param agent the kind of agent that acted; empty for a person
 * @param payload what the kind of event has to say, an object
 */
public record WorkEvent(
        EventPosition position,
        UUID id,
        Instant at,
        EventKind kind,
        Subject subject,
        String handle,
        Optional<String> agent,
        Optional<UUID> sessionId,
        JsonNode payload) {}
