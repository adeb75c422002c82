package dev.covibe.insight.activity;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A task or workstream that was done.
 *
 * @param kind {@code task} or {@code workstream}
 * @param owner a handle
 * @param agent the kind of agent that took it last, where one did
 * @param workstream key of a task's workstream
 * @param started when work on it began
 * @param summary what came of it, Markdown
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Completion(
        String kind,
        UUID id,
        String key,
        String title,
        Optional<String> owner,
        Optional<String> agent,
        Optional<String> workstream,
        Optional<Instant> started,
        Instant ended,
        String summary) {}
