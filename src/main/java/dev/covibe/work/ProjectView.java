package dev.covibe.work;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A project as it reads from outside. Repositories are normalised names such as {@code github.com/acme/web}. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record ProjectView(
        UUID id,
        String key,
        String name,
        String description,
        List<String> repositories,
        long openTasks,
        Instant createdAt,
        Optional<Instant> archivedAt) {}
