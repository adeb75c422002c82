package dev.covibe.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A task as a list shows it.
 *
 * @param blocked open, and waiting for another open task
 * @param ownerAgent kind of agent that works on it for the owner; absent for a person
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TaskRow(
        UUID id,
        String key,
        String title,
        TaskStatus status,
        Priority priority,
        boolean ready,
        boolean blocked,
        Optional<String> owner,
        Optional<String> ownerAgent,
        List<String> labels,
        Optional<ItemRef> workstream,
        Instant updatedAt) {}
