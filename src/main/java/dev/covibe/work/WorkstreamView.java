package dev.covibe.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A workstream as it reads from outside.
 *
 * @param recent the tasks in it that changed last, at most five
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record WorkstreamView(
        UUID id,
        String key,
        String name,
        String goal,
        WorkstreamStatus status,
        Optional<String> owner,
        Optional<LocalDate> targetDate,
        TaskCounts counts,
        List<ItemRef> recent,
        Optional<String> summary,
        Instant createdAt,
        Instant updatedAt,
        Optional<Instant> endedAt) {}
