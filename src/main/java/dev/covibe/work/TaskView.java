package dev.covibe.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A task as it reads from outside, whole.
 *
 * @param ready planned, unowned, and no open dependency: an agent may take it
 * @param owner handle of the developer who has it
 * @param ownerAgent kind of agent that works on it for the owner; absent for a person
 * @param plannedBy handle of the developer who planned it
 * @param plannedByAgent kind of agent that planned it; absent for a person
 * @param estimateMinutes 1 to 100,000
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TaskView(
        UUID id,
        String key,
        String title,
        String description,
        TaskStatus status,
        Priority priority,
        boolean ready,
        Optional<String> owner,
        Optional<String> ownerAgent,
        String plannedBy,
        Optional<String> plannedByAgent,
        String project,
        Optional<ItemRef> workstream,
        List<String> labels,
        List<String> paths,
        Optional<String> repository,
        Optional<String> branch,
        List<String> references,
        List<ItemRef> dependsOn,
        List<ItemRef> blocks,
        Optional<Integer> estimateMinutes,
        Optional<String> outcome,
        Optional<String> summary,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> plannedAt,
        Optional<Instant> startedAt,
        Optional<Instant> reviewAt,
        Optional<Instant> endedAt) {}
