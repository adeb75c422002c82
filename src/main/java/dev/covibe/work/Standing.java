package dev.covibe.work;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Where a task stood before somebody moved, took or ended it. The event of that act keeps it, so that whoever acted can
 * take the act back while nobody has touched the task since.
 */
record Standing(
        TaskStatus status,
        Optional<UUID> ownerId,
        Optional<UUID> ownerSessionId,
        Optional<Outcome> outcome,
        Optional<String> summary,
        Optional<Instant> plannedAt,
        Optional<Instant> startedAt,
        Optional<Instant> reviewAt,
        Optional<Instant> endedAt) {

    private static final String BEFORE = "before";
    private static final String VERSION = "version";

    static Standing of(Task task) {
        return new Standing(
                task.status,
                Optional.ofNullable(task.ownerId),
                Optional.ofNullable(task.ownerSessionId),
                Optional.ofNullable(task.outcome),
                Optional.ofNullable(task.completionSummary),
                Optional.ofNullable(task.plannedAt),
                Optional.ofNullable(task.startedAt),
                Optional.ofNullable(task.reviewAt),
                Optional.ofNullable(task.endedAt));
    }

    /**
     * The event's payload with this in it, and with the version that the act left behind.
     *
     * @param task flushed, so that its version is the new one
     */
    Map<String, Object> in(Map<String, Object> payload, Task task) {
        Map<String, Object> before = new LinkedHashMap<>();
        before.put("status", status.key());
        ownerId.ifPresent(id -> before.put("owner_id", id));
        ownerSessionId.ifPresent(id -> before.put("owner_session_id", id));
        outcome.ifPresent(how -> before.put("outcome", how.key()));
        summary.ifPresent(text -> before.put("summary", text));
        plannedAt.ifPresent(at -> before.put("planned_at", at.toString()));
        startedAt.ifPresent(at -> before.put("started_at", at.toString()));
        reviewAt.ifPresent(at -> before.put("review_at", at.toString()));
        endedAt.ifPresent(at -> before.put("ended_at", at.toString()));
        Map<String, Object> whole = new LinkedHashMap<>(payload);
        whole.put(BEFORE, before);
        whole.put(VERSION, task.version);
        return whole;
    }

    /** What stood before, if this event made the task what it is now. */
    static Optional<Standing> before(JsonNode payload, Task task) {
        JsonNode before = payload.path(BEFORE);
        if (!before.isObject() || payload.path(VERSION).asInt(-1) != task.version) {
            return Optional.empty();
        }
        return Optional.of(new Standing(
                TaskStatus.of(before.path("status").asText()),
                read(before, "owner_id", UUID::fromString),
                read(before, "owner_session_id", UUID::fromString),
                read(before, "outcome", Outcome::of),
                read(before, "summary", Function.identity()),
                read(before, "planned_at", Instant::parse),
                read(before, "started_at", Instant::parse),
                read(before, "review_at", Instant::parse),
                read(before, "ended_at", Instant::parse)));
    }

    private static <T> Optional<T> read(JsonNode before, String field, Function<String, T> reading) {
        return before.hasNonNull(field)
                ? Optional.of(reading.apply(before.path(field).asText()))
                : Optional.empty();
    }
}
