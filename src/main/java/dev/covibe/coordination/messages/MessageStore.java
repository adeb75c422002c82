package dev.covibe.coordination.messages;

import dev.covibe.agents.SessionState;
import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Writes messages. Every method runs within the transaction of the act. */
@ApplicationScoped
class MessageStore {

    private final Sql sql;
    private final Clock clock;

    MessageStore(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    static Refusal unknown(UUID id) {
        return Refusal.notFound("message.unknown", "There is no message " + id + " here.");
    }

    /** The thread that a reply goes on with, and who wrote what it replies to. */
    record Thread(UUID id, UUID replyTo, UUID writer, Optional<UUID> writerSession) {}

    /** @throws Refusal.NotFound {@code message.unknown} */
    Thread thread(Caller caller, UUID replyTo) {
        return sql.first(
                        "select thread_id, developer_id, session_id from messages where workspace_id = ? and id = ?",
                        row -> new Thread(
                                row.uuid("thread_id"),
                                replyTo,
                                row.uuid("developer_id"),
                                row.optionalUuid("session_id")),
                        caller.workspaceId(),
                        replyTo)
                .orElseThrow(() -> unknown(replyTo));
    }

    void insert(
            Caller caller,
            UUID id,
            Origin origin,
            Optional<String> subject,
            String text,
            MessagePriority priority,
            Optional<Thread> thread) {
        sql.update(
                """
                insert into messages (id, workspace_id, thread_id, place, reply_to, origin, developer_id, session_id,
                                      agent, subject, body, priority, sent_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                id,
                caller.workspaceId(),
                thread.map(Thread::id).orElse(id),
                thread.map(one -> nextPlace(caller, one.id())).orElse(1),
                thread.map(Thread::replyTo),
                origin.key(),
                caller.developerId(),
                caller.session().map(Caller.Session::id),
                caller.agent(),
                subject,
                text,
                priority.key(),
                clock.instant());
    }

    /** Decided under the lock of the thread's first message, so that a thread has one order for everybody. */
    private int nextPlace(Caller caller, UUID thread) {
        sql.one(
                "select id from messages where workspace_id = ? and id = ? for update",
                row -> row.uuid("id"),
                caller.workspaceId(),
                thread);
        return sql.one(
                "select max(place) + 1 as place from messages where workspace_id = ? and thread_id = ?",
                row -> row.integer("place"),
                caller.workspaceId(),
                thread);
    }

    void address(Caller caller, UUID id, List<Address> addresses) {
        List<Object[]> rows = new ArrayList<>();
        for (Address address : addresses) {
            rows.add(new Object[] {
                caller.workspaceId(),
                id,
                rows.size() + 1,
                address.kind().name().toLowerCase(Locale.ROOT),
                address.target(),
                address.label()
            });
        }
        sql.batch("""
                insert into message_addresses (workspace_id, message_id, place, kind, target_id, label)
                values (?, ?, ?, ?, ?, ?)
                """, rows);
    }

    void deliver(Caller caller, UUID id, List<Mailbox> mailboxes) {
        sql.batch(
                """
                insert into message_deliveries (id, workspace_id, message_id, developer_id, agent, session_id)
                values (?, ?, ?, ?, ?, ?)
                on conflict on constraint message_deliveries_once do nothing
                """,
                mailboxes.stream()
                        .map(mailbox -> new Object[] {
                            Ids.next(),
                            caller.workspaceId(),
                            id,
                            mailbox.developerId(),
                            mailbox.agent(),
                            mailbox.session()
                        })
                        .toList());
    }

    List<UUID> inInbox(Caller caller, Reader reader, Collection<UUID> ids) {
        InboxSql inbox = new InboxSql(caller, reader, SessionState.staleSince(clock.instant()));
        return sql.list(
                "select distinct l.message_id from (" + inbox.lying("v.message_id = any(?)") + ") l",
                row -> row.uuid("message_id"),
                inbox.parameters(ids));
    }

    /** An urgent message that left the inbox just now. */
    record Done(UUID message, String to) {}

    /** Takes them out where they lie nearest to the reader. */
    List<Done> acknowledge(Caller caller, Reader reader, Collection<UUID> ids) {
        InboxSql inbox = new InboxSql(caller, reader, SessionState.staleSince(clock.instant()));
        List<Object> parameters = new ArrayList<>(List.of(
                clock.instant(), caller.developerId(), caller.session().map(Caller.Session::id), caller.workspaceId()));
        parameters.addAll(List.of(inbox.parameters(ids)));
        return sql.list(
                """
                with done as (
                    update message_deliveries d
                       set acknowledged_at = ?, acknowledged_by = ?, acknowledged_session_id = ?
                     where d.workspace_id = ? and d.acknowledged_at is null
                       and d.id in (select n.id
                                      from (select l.*, min(l.distance) over (partition by l.message_id) as nearest
                                              from (%s) l) n
                                     where n.distance = n.nearest)
                    returning d.message_id)
                select distinct m.id,
                       (select string_agg(a.label, ', ' order by a.place) from message_addresses a
                         where a.workspace_id = m.workspace_id and a.message_id = m.id) as labels
                  from done
                  join messages m on m.id = done.message_id
                 where m.priority = 'urgent'
                """.formatted(inbox.lying("v.message_id = any(?)")),
                row -> new Done(row.uuid("id"), row.text("labels")),
                parameters.toArray());
    }
}
