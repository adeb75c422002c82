package dev.covibe.coordination.blockers;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.covibe.work.ItemRef;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A blocker as it reads from outside.
 *
 * @param needs handle of the person whom it needs; absent when anybody may answer
 * @param raisedBy handle of who is blocked, or whose agent is
 * @param agent kind of agent that is blocked; absent for a person
 * @param answer what unblocked it; absent while it is open
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record BlockerView(
        UUID id,
        ItemRef task,
        BlockerKind kind,
        String text,
        Optional<String> needs,
        String raisedBy,
        Optional<String> agent,
        Optional<UUID> session,
        Instant raisedAt,
        Optional<String> answer,
        Optional<String> resolvedBy,
        Optional<String> resolvedAgent,
        Optional<Instant> resolvedAt) {}
