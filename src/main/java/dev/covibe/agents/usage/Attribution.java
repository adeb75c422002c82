package dev.covibe.agents.usage;

import dev.covibe.agents.Sighting;
import dev.covibe.agents.Sightings;
import dev.covibe.agents.StartedBy;
import dev.covibe.identity.Caller;
import dev.covibe.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Whose what was reported is: which session it belongs to, and what that session worked on at the time (AGT-4). */
@ApplicationScoped
class Attribution {

    private final Sql sql;
    private final Sightings sightings;

    Attribution(Sql sql, Sightings sightings) {
        this.sql = sql;
        this.sightings = sightings;
    }

    /** The sessions that a batch speaks of, and when each worked on what. */
    static final class Sessions {

        private final Map<Sighting.Name, Sightings.Seen> byName;
        private final Set<UUID> own;
        private final Map<UUID, Instant> starts = new HashMap<>();
        private final Map<UUID, TreeMap<Instant, Optional<UUID>>> tasks = new HashMap<>();

        Sessions(Map<Sighting.Name, Sightings.Seen> byName, Set<UUID> own) {
            this.byName = byName;
            this.own = own;
        }

        Optional<Sightings.Seen> seen(Sighting.Name name) {
            return Optional.ofNullable(byName.get(name));
        }

        /** Whether a session that an item names by its id is the caller's. */
        boolean isOwn(UUID id) {
            return own.contains(id);
        }

        /** Those that the batch was heard from. */
        Set<UUID> ids() {
            return byName.values().stream().map(Sightings.Seen::id).collect(Collectors.toSet());
        }

        Optional<UUID> of(UsageItem.Sitting sitting) {
            return sitting.id().filter(own::contains).or(() -> sitting.external()
                    .flatMap(external -> seen(new Sighting.Name(sitting.agent(), external)))
                    .map(Sightings.Seen::id));
        }

        /** What the session worked on then. Clocks differ: what seems to be before its start belongs to the start. */
        Optional<UUID> task(Optional<UUID> session, Instant at) {
            if (session.isEmpty() || !tasks.containsKey(session.get())) {
                return Optional.empty();
            }
            Instant start = starts.get(session.get());
            var turn = tasks.get(session.get()).floorEntry(at.isBefore(start) ? start : at);
            return turn == null ? Optional.empty() : turn.getValue();
        }
    }

    Sessions of(Caller caller, Batch batch) {
        Map<Sighting.Name, Sighting> seen = new LinkedHashMap<>();
        Set<UUID> ids = new HashSet<>();
        batch.sightings.forEach(item -> seen.merge(item.sighting().name(), item.sighting(), Sighting::and));
        batch.ends.forEach(item -> seen.merge(item.sighting().name(), item.sighting(), Sighting::and));
        batch.usage.forEach(item -> {
            item.sitting().id().ifPresent(ids::add);
            see(seen, item.sitting(), item.at(), item.source() == UsageSource.HOOK, Optional.of(item.model()));
        });
        batch.points.forEach(point -> see(seen, point.sitting(), point.at(), false, Optional.of(point.model())));
        batch.spans.forEach(span -> see(seen, span.sitting(), span.at(), false, span.model()));
        Sessions sessions = new Sessions(sightings.of(caller, seen.values()), sightings.own(caller, ids));
        Set<UUID> all = new HashSet<>(sessions.own);
        sessions.byName.values().forEach(found -> all.add(found.id()));
        turns(caller, sessions, all);
        return sessions;
    }

    private static void see(
            Map<Sighting.Name, Sighting> seen,
            UsageItem.Sitting sitting,
            Instant at,
            boolean hook,
            Optional<String> model) {
        if (sitting.id().isPresent() || sitting.external().isEmpty()) {
            return;
        }
        Sighting.Name name =
                new Sighting.Name(sitting.agent(), sitting.external().get());
        Sighting known = seen.get(name);
        // Most items of a batch belong to few sessions and tell nothing new of them.
        if (known == null || at.isBefore(known.first()) || at.isAfter(known.last())) {
            Sighting sighting = new Sighting(
                    name,
                    hook ? StartedBy.HOOK : StartedBy.TELEMETRY,
                    at,
                    at,
                    false,
                    Optional.empty(),
                    model.filter(spelt -> !spelt.equals(Spelling.UNKNOWN_MODEL)),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
            seen.merge(name, sighting, Sighting::and);
        }
    }

    private record Turn(UUID session, Instant start, Optional<Instant> since, Optional<UUID> task) {}

    private void turns(Caller caller, Sessions sessions, Set<UUID> ids) {
        if (ids.isEmpty()) {
            return;
        }
        sql.list(
                        """
                        select s.id, s.started_at, t.since, t.task_id
                          from agent_sessions s
                          left join session_tasks t on t.workspace_id = s.workspace_id and t.session_id = s.id
                         where s.workspace_id = ? and s.id = any(?::uuid[])
                        """,
                        row -> new Turn(
                                row.uuid("id"),
                                row.instant("started_at"),
                                row.optionalInstant("since"),
                                row.optionalUuid("task_id")),
                        caller.workspaceId(),
                        ids.stream().map(UUID::toString).toList())
                .forEach(turn -> {
                    sessions.starts.put(turn.session(), turn.start());
                    turn.since().ifPresent(since -> sessions.tasks
                            .computeIfAbsent(turn.session(), session -> new TreeMap<>())
                            .put(since, turn.task()));
                });
    }
}
