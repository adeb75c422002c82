package dev.covibe.agents.alerts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * An alert as it reads from outside.
 *
 * @param subject a managed agent, a session, a developer or the workspace
 * @param figures the numbers that the rule compared
 * @param sentence what is wrong, for people
 * @param seenAt when the rule last found it so
 * @param closedAt when the cause was gone; absent while it is open
 * @param wanting whether it waits for somebody: open, not acknowledged, not snoozed now
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record AlertView(
        UUID id,
        AlertKind kind,
        UUID subject,
        String sentence,
        JsonNode figures,
        Instant raisedAt,
        Instant seenAt,
        Optional<Instant> closedAt,
        Optional<String> acknowledgedBy,
        Optional<Instant> acknowledgedAt,
        Optional<String> snoozedBy,
        Optional<Instant> snoozedUntil,
        boolean wanting) {}
