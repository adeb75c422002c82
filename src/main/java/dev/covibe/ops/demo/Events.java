package dev.covibe.ops.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Writes the journal of the eight weeks, as the features would have. */
final class Events {

    private final Chance chance;
    private final UUID workspaceId;
    private final ObjectMapper json;
    private final Copies.Rows rows;

    Events(Chance chance, UUID workspaceId, ObjectMapper json, Copies copies) {
        this.chance = chance;
        this.workspaceId = workspaceId;
        this.json = json;
        this.rows = copies.into(
                "work_events",
                "at, workspace_id, id, kind, subject_kind, subject_id, subject_key, task_id, workstream_id, developer_id,"
                        + " session_id, agent, payload");
    }

    /** What an event is about. */
    record About(String kind, UUID id, String key, Optional<UUID> task, Optional<UUID> stream) {

        static About task(Job job, Optional<UUID> stream) {
            return new About("task", job.id, job.key, Optional.of(job.id), stream);
        }

        static About of(String kind, UUID id, String key, Optional<UUID> task) {
            return new About(kind, id, key, task, Optional.empty());
        }
    }

    void by(Person person, Instant at, String kind, About about, Map<String, ?> payload) {
        write(person, Optional.empty(), Optional.empty(), at, kind, about, payload);
    }

    void by(Sitting sitting, Instant at, String kind, About about, Map<String, ?> payload) {
        write(
                sitting.person(),
                Optional.of(sitting.id()),
                Optional.of(sitting.agent().type()),
                at,
                kind,
                about,
                payload);
    }

    private void write(
            Person person,
            Optional<UUID> session,
            Optional<String> agent,
            Instant at,
            String kind,
            About about,
            Map<String, ?> payload) {
        rows.add(
                at,
                workspaceId,
                chance.id(at),
                kind,
                about.kind(),
                about.id(),
                about.key(),
                about.task(),
                about.stream(),
                person.id(),
                session,
                agent,
                text(payload));
    }

    String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    long count() {
        return rows.count();
    }
}
