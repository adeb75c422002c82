package dev.covibe.agents;

import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import dev.covibe.journal.EventKind;
import dev.covibe.journal.Journal;
import dev.covibe.journal.Subject;
import dev.covibe.platform.git.RepositoryIdentity;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Finds the sessions that telemetry and hooks speak of (AGT-1): by the vendor's id, else the one session of the same
 * token and agent that was there at the time and that no vendor's id is known of, else a new one. A batch costs a
 * handful of statements, however many items it has.
 */
@ApplicationScoped
public class Sightings {

    /** How far the clocks of an agent's machine and the server may differ before a session is not recognised. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(2);

    /** How exactly it is known when an agent was last seen. */
    private static final Duration SEEN_TO = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final Sql sql;
    private final Sessions sessions;
    private final Journal journal;
    private final Event<SessionSeen> seen;
    private final Clock clock;

    Sightings(
            Transactions transactions,
            Sql sql,
            Sessions sessions,
            Journal journal,
            Event<SessionSeen> seen,
            Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.sessions = sessions;
        this.journal = journal;
        this.seen = seen;
        this.clock = clock;
    }

    /** A session that was found, adopted or opened. */
    public record Seen(UUID id, AgentType agent, String externalId, Instant startedAt) {}

    /** The session of each name. Creates what is not there yet, and notes the sign of life. */
    public Map<Sighting.Name, Seen> of(Caller caller, Collection<Sighting> given) {
        Map<Sighting.Name, Sighting> sightings = new LinkedHashMap<>();
        given.stream()
                .sorted(Comparator.comparing(Sighting::last)
                        .thenComparing(sighting -> sighting.name().externalId()))
                .forEach(sighting -> sightings.merge(sighting.name(), sighting, Sighting::and));
        if (sightings.isEmpty()) {
            return Map.of();
        }
        return transactions.in(caller.place(), () -> {
            Map<Sighting.Name, Seen> known = known(caller, sightings.keySet());
            if (known.size() < sightings.size()) {
                // Metrics and log events of a new session arrive at once: only one of them opens it.
                sql.call(
                        "select pg_advisory_xact_lock(hashtextextended(?, 0))",
                        "covibe.sightings." + caller.workspaceId() + caller.developerId());
                known = known(caller, sightings.keySet());
                for (Sighting sighting : sightings.values()) {
                    if (!known.containsKey(sighting.name())) {
                        known.put(sighting.name(), adopted(caller, sighting).orElseGet(() -> opened(caller, sighting)));
                    }
                }
            }
            note(caller, sightings, known);
            return known;
        });
    }

    /**
     * Tells of those of the sessions that were there a moment ago, so that what they hold goes on. Each for itself and after
     * the books are closed: who listens may have to wait.
     */
    public void alive(Caller caller, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return;
        }
        List<Caller> there = transactions.in(
                caller.place(),
                () -> sql.list(
                        """
                        select id, agent_type from agent_sessions
                         where workspace_id = ? and id = any(?) and ended_at is null and last_seen_at > ?
                        """,
                        row -> caller.in(new Caller.Session(row.uuid("id"), row.text("agent_type"))),
                        caller.workspaceId(),
                        ids,
                        clock.instant().minus(CLOCKS_APART)));
        there.forEach(session -> transactions.run(
                caller.place(),
                () -> seen.fire(
                        new SessionSeen(session, session.session().orElseThrow().id()))));
    }

    /** Ends the caller's session as the companion noticed; one that has ended stays as it is. */
    public void end(Caller caller, UUID id, SessionOutcome outcome) {
        sessions.endAsNoticed(caller, id, outcome);
    }

    /** Which of these ids are the caller's own sessions. */
    public Set<UUID> own(Caller caller, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(transactions.in(
                caller.place(),
                () -> sql.list(
                        "select id from agent_sessions where workspace_id = ? and developer_id = ? and id = any(?::uuid[])",
                        row -> row.uuid("id"),
                        caller.workspaceId(),
                        caller.developerId(),
                        ids.stream().map(UUID::toString).toList())));
    }

    private Map<Sighting.Name, Seen> known(Caller caller, Set<Sighting.Name> names) {
        Map<Sighting.Name, Seen> known = new HashMap<>();
        sql.list(
                        """
                        select id, agent_type, external_id, started_at from agent_sessions
                         where workspace_id = ? and developer_id = ? and agent_type = any(?) and external_id = any(?)
                        """,
                        Sightings::seen,
                        caller.workspaceId(),
                        caller.developerId(),
                        names.stream()
                                .map(name -> name.agent().key())
                                .distinct()
                                .toList(),
                        names.stream().map(Sighting.Name::externalId).distinct().toList())
                .forEach(seen -> known.put(new Sighting.Name(seen.agent(), seen.externalId()), seen));
        known.keySet().retainAll(names);
        return known;
    }

    private static Seen seen(Row row) throws SQLException {
        return new Seen(
                row.uuid("id"),
                AgentType.of(row.text("agent_type")),
                row.text("external_id"),
                row.instant("started_at"));
    }

    /** The one session that an agent opened itself and that was there at the time; of two nobody knows which it is. */
    private Optional<Seen> adopted(Caller caller, Sighting sighting) {
        if (caller.token().isEmpty()) {
            return Optional.empty();
        }
        List<UUID> there = sql.list(
                """
                select id from agent_sessions
                 where workspace_id = ? and token_id = ? and agent_type = ? and external_id is null and developer_id = ?
                   and started_at <= ? and coalesce(ended_at, last_seen_at + ?::interval) >= ?
                 order by id limit 2 for no key update
                """,
                row -> row.uuid("id"),
                caller.workspaceId(),
                caller.token().get().id(),
                sighting.name().agent().key(),
                caller.developerId(),
                sighting.last().plus(CLOCKS_APART),
                SessionState.STALE_AFTER.toMinutes() + " minutes",
                sighting.first().minus(CLOCKS_APART));
        if (there.size() != 1) {
            return Optional.empty();
        }
        return sql.first("""
                update agent_sessions set external_id = ? where workspace_id = ? and id = ?
                returning id, agent_type, external_id, started_at
                """, Sightings::seen, sighting.name().externalId(), caller.workspaceId(), there.getFirst());
    }

    private Seen opened(Caller caller, Sighting sighting) {
        Instant now = clock.instant();
        Instant first = earlier(sighting.first(), now);
        Instant last = earlier(sighting.last(), now);
        UUID id = Ids.next();
        AgentType agent = sighting.name().agent();
        sql.update(
                """
                insert into agent_sessions (id, workspace_id, developer_id, token_id, agent_type, agent_name, external_id,
                                            agent_version, model, started_by, started_at, last_seen_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                id,
                caller.workspaceId(),
                caller.developerId(),
                caller.token().map(Caller.Token::id),
                agent.key(),
                agent.title(),
                sighting.name().externalId(),
                sighting.version(),
                sighting.model(),
                sighting.by().key(),
                first,
                last);
        // What a machine sends days later is history and no news.
        if (last.isAfter(SessionState.staleSince(now))) {
            Map<String, Object> payload = new LinkedHashMap<>();
            payload.put("agent", agent.key());
            payload.put("resumed", false);
            payload.put("started_by", sighting.by().key());
            journal.record(
                    caller.in(new Caller.Session(id, agent.key())),
                    EventKind.SESSION_STARTED,
                    Subject.session(id, agent.title(), Optional.empty()),
                    payload);
        }
        return new Seen(id, agent, sighting.name().externalId(), first);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Rows that another batch is writing are skipped: it notes the same, and nobody waits. */
    private static final String NOTE = """
            update agent_sessions s
               set last_seen_at = greatest(s.last_seen_at, ?),
                   started_at = case when s.started_by = 'mcp' then s.started_at else least(s.started_at, ?) end,
                   agent_version = coalesce(?, s.agent_version),
                   model = coalesce(s.model, ?),
                   repository = coalesce(s.repository, ?),
                   branch = coalesce(?, s.branch),
                   worktree = coalesce(?, s.worktree),
                   parent_id = coalesce(s.parent_id, ?::uuid),
                   ended_at = case when f.over then s.ended_at end,
                   ended_by = case when f.over then s.ended_by end,
                   outcome = case when f.over then s.outcome end,
                   summary = case when f.over then s.summary end
              from (select workspace_id, id,
                           ended_at is not null and not (? or (ended_by = 'sweeper' and ended_at < ?)) as over
                      from agent_sessions
                     where workspace_id = ? and id = ?
                       and (last_seen_at < ? or (started_by <> 'mcp' and started_at > ?) or ?)
                       for no key update skip locked) f
             where s.workspace_id = f.workspace_id and s.id = f.id
            """;

    /** A swept session of which more is heard was not over; one that the agent ended stays ended. */
    private void note(Caller caller, Map<Sighting.Name, Sighting> sightings, Map<Sighting.Name, Seen> known) {
        Instant now = clock.instant();
        sql.batch(
                NOTE,
                known.entrySet().stream()
                        .sorted(Comparator.comparing(entry -> entry.getValue().id()))
                        .map(entry -> {
                            Sighting sighting = sightings.get(entry.getKey());
                            Instant last = earlier(sighting.last(), now);
                            return new Object[] {
                                last,
                                sighting.first(),
                                sighting.version(),
                                sighting.model(),
                                repository(sighting),
                                sighting.branch(),
                                sighting.worktree(),
                                parent(caller, sighting, known),
                                sighting.begins(),
                                last,
                                caller.workspaceId(),
                                entry.getValue().id(),
                                last.minus(SEEN_TO),
                                sighting.first(),
                                tells(sighting)
                            };
                        })
                        .toList());
    }

    private static Optional<String> repository(Sighting sighting) {
        return sighting.repository().flatMap(RepositoryIdentity::of).map(RepositoryIdentity::name);
    }

    /** Whether a sighting says more than that somebody was there. */
    private static boolean tells(Sighting sighting) {
        return sighting.begins()
                || sighting.repository().isPresent()
                || sighting.branch().isPresent()
                || sighting.worktree().isPresent()
                || sighting.parent().isPresent();
    }

    private Optional<String> parent(Caller caller, Sighting sighting, Map<Sighting.Name, Seen> known) {
        return sighting.parent()
                .map(external -> new Sighting.Name(sighting.name().agent(), external))
                .filter(name -> !name.equals(sighting.name()))
                .flatMap(name -> Optional.ofNullable(known.get(name))
                        .or(() ->
                                Optional.ofNullable(known(caller, Set.of(name)).get(name))))
                .map(parent -> parent.id().toString());
    }
}
