package dev.covibe.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A task as a list shows it. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record TaskRow(
        UUID id,
        String key,
        String title,
        TaskStatus status,
        Priority priority,
        boolean ready,
        Optional<String> owner,
        List<String> labels,
        Optional<ItemRef> workstream,
        Instant updatedAt) {}
