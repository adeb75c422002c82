package dev.covibe.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.covibe.identity.Caller;
import dev.covibe.platform.bus.Bus;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Place;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** The append-only log of work (CRD-1). An event is written in the transaction of the act, and told after its commit. */
@ApplicationScoped
public class Journal {

    private static final String EVENTS = """
            select e.tx, e.seq, e.id, e.at, e.kind, e.subject_kind, e.subject_id, e.subject_key, e.task_id,
                   e.workstream_id, d.handle, e.agent, e.session_id, e.payload::text as payload
              from work_events e
              join developers d on d.id = e.developer_id
            """;

    private final Transactions transactions;
    private final Sql sql;
    private final ObjectMapper json;
    private final Bus bus;
    private final TransactionSynchronizationRegistry registry;
    private final Clock clock;

    /** As it was when a room of listeners last opened; null before anybody asked. */
    private volatile String life;

    Journal(
            Transactions transactions,
            Sql sql,
            ObjectMapper json,
            Bus bus,
            TransactionSynchronizationRegistry registry,
            Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.json = json;
        this.bus = bus;
        this.registry = registry;
        this.clock = clock;
    }

    /**
     * Writes one event.
     *
     * @param payload a record or map that serialises to a JSON object
     * @return the event's id
     */
    public UUID record(Caller caller, EventKind kind, Subject subject, Object payload) {
        return transactions.in(caller.place(), () -> {
            UUID id = Ids.next();
            sql.update(
                    """
                    insert into work_events (workspace_id, at, id, kind, subject_kind, subject_id, subject_key, task_id,
                                             workstream_id, developer_id, session_id, token_id, agent, payload)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
                    """,
                    caller.workspaceId(),
                    clock.instant(),
                    id,
                    kind.key(),
                    subject.kind(),
                    subject.id(),
                    subject.key(),
                    subject.taskId(),
                    subject.workstreamId(),
                    caller.developerId(),
                    caller.session().map(Caller.Session::id),
                    caller.token().map(Caller.Token::id),
                    caller.agent(),
                    write(payload));
            tellAfterCommit(caller.place());
            return id;
        });
    }

    /** The story of a task, newest first. */
    public List<WorkEvent> ofTask(Caller caller, UUID taskId, int limit) {
        return story(caller, "e.task_id = ?", taskId, limit);
    }

    /** The story of a workstream and of the tasks in it, newest first. */
    public List<WorkEvent> ofWorkstream(Caller caller, UUID workstreamId, int limit) {
        return story(caller, "e.workstream_id = ?", workstreamId, limit);
    }

    /** What was done in a session, newest first. */
    public List<WorkEvent> ofSession(Caller caller, UUID sessionId, int limit) {
        return story(caller, "e.session_id = ?", sessionId, limit);
    }

    /** The newest event of a kind. */
    public Optional<WorkEvent> latest(Caller caller, EventKind kind) {
        return transactions.in(
                caller.place(),
                () -> sql.first(
                        EVENTS + " where e.workspace_id = ? and e.kind = '" + kind.key()
                                + "' order by e.at desc limit 1",
                        this::event,
                        caller.workspaceId()));
    }

    private List<WorkEvent> story(Caller caller, String condition, UUID id, int limit) {
        return transactions.in(
                caller.place(),
                () -> sql.list(
                        EVENTS + " where e.workspace_id = ? and " + condition
                                + " order by e.at desc, e.tx desc, e.seq desc limit ?",
                        this::event,
                        caller.workspaceId(),
                        id,
                        limit));
    }

    /** Where an event is found: its time and its id. */
    public record Moment(Instant at, UUID id) {}

    /** The events at these moments, the newest first; what is not there is left out. */
    public List<WorkEvent> at(Caller caller, List<Moment> moments) {
        return transactions.in(
                caller.place(),
                () -> sql.list(
                        EVENTS + """
                                 join unnest(?::timestamptz[], ?::uuid[]) as wanted (at, id)
                                   on e.at = wanted.at and e.id = wanted.id
                                where e.workspace_id = ?
                                order by e.at desc, e.id desc
                                """,
                        this::event,
                        moments.stream().map(moment -> moment.at().toString()).toList(),
                        moments.stream().map(Moment::id).toList(),
                        caller.workspaceId()));
    }

    /** What came after a position, in order, at most {@code limit} events. */
    List<WorkEvent> after(Place place, EventPosition position, int limit) {
        return transactions.in(
                place,
                () -> sql.list(EVENTS + """
                                 where e.workspace_id = ? and (e.tx, e.seq) > (?, ?)
                                   and e.tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
                                 order by e.tx, e.seq limit ?
                                """, this::event, place.workspaceId(), position.tx(), position.seq(), limit));
    }

    /** The position behind everything that can be read now. */
    EventPosition end(Place place) {
        return transactions.in(place, () -> position().orElseThrow());
    }

    /** The position behind everything that the running transaction has seen from its beginning. */
    private Optional<EventPosition> position() {
        OptionalLong horizon = transactions.horizon();
        return horizon.isEmpty()
                ? Optional.empty()
                : Optional.of(new EventPosition(horizon.getAsLong() - 1, Long.MAX_VALUE / 16));
    }

    /**
     * Where a stream begins that misses nothing of what a page in the running transaction does not show yet: the page
     * opens {@code /api/events/stream?after=} with it. Empty outside of a transaction of a place.
     */
    public Optional<String> bookmark() {
        return position().map(position -> new StreamPosition(knownLife(), position).toString());
    }

    private String knownLife() {
        String known = life;
        return known == null ? life() : known;
    }

    /** Which life of which database the log is in: see {@link StreamPosition}. */
    String life() {
        life = sql.one("""
                select left(md5(s.system_identifier || '/' || c.timeline_id || '/' || d.oid), 8) as life
                  from pg_control_system() s, pg_control_checkpoint() c, pg_database d
                 where d.datname = current_database()
                """, row -> row.text("life"));
        return life;
    }

    private WorkEvent event(Row row) throws SQLException {
        Subject subject = new Subject(
                row.text("subject_kind"),
                row.uuid("subject_id"),
                row.text("subject_key"),
                row.optionalUuid("task_id"),
                row.optionalUuid("workstream_id"));
        try {
            return new WorkEvent(
                    new EventPosition(row.bigint("tx"), row.bigint("seq")),
                    row.uuid("id"),
                    row.instant("at"),
                    EventKind.of(row.text("kind")),
                    subject,
                    row.text("handle"),
                    row.optionalText("agent"),
                    row.optionalUuid("session_id"),
                    json.readTree(row.text("payload")));
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("An event's payload is not JSON.", unreadable);
        }
    }

    private String write(Object payload) {
        try {
            return json.writeValueAsString(payload);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("An event's payload cannot be written.", failure);
        }
    }

    private void tellAfterCommit(Place place) {
        String key = "covibe.told." + place.workspaceId();
        if (registry.getResource(key) != null) {
            return;
        }
        registry.putResource(key, true);
        registry.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    bus.tell(place.workspaceId());
                }
            }
        });
    }
}
