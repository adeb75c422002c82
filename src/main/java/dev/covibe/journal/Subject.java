package dev.covibe.journal;

import java.util.Optional;
import java.util.UUID;

/**
 * What an event is about, and under which task and workstream its story is told.
 *
 * @param kind {@code task}, {@code workstream}, {@code session}, {@code project}, {@code claim}, {@code workspace},
 *     {@code repository}, {@code message}, {@code decision}
 * @param key what people call it: {@code WEB-12}
 */
public record Subject(String kind, UUID id, String key, Optional<UUID> taskId, Optional<UUID> workstreamId) {

    public static Subject task(UUID id, String key, Optional<UUID> workstreamId) {
        return new Subject("task", id, key, Optional.of(id), workstreamId);
    }

    public static Subject workstream(UUID id, String key) {
        return new Subject("workstream", id, key, Optional.empty(), Optional.of(id));
    }

    public static Subject session(UUID id, String key, Optional<UUID> taskId) {
        return new Subject("session", id, key, taskId, Optional.empty());
    }

    /** @param key to whom it goes */
    public static Subject message(UUID id, String key) {
        return new Subject("message", id, key, Optional.empty(), Optional.empty());
    }

    /** @param key what is asked */
    public static Subject decision(UUID id, String key) {
        return new Subject("decision", id, key, Optional.empty(), Optional.empty());
    }

    public static Subject project(UUID id, String key) {
        return new Subject("project", id, key, Optional.empty(), Optional.empty());
    }

    /** @param key what is claimed */
    public static Subject claim(UUID id, String key, Optional<UUID> taskId) {
        return new Subject("claim", id, key, taskId, Optional.empty());
    }

    public static Subject workspace(UUID id) {
        return new Subject("workspace", id, "workspace", Optional.empty(), Optional.empty());
    }

    /** Without the repository's name: its owner may make it private later, and the log is never rewritten. */
    public static Subject repository(UUID id) {
        return new Subject("repository", id, "repository", Optional.empty(), Optional.empty());
    }
}
