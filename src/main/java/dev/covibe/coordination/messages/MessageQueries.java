package dev.covibe.coordination.messages;

import dev.covibe.agents.SessionState;
import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.platform.web.Cursor;
import dev.covibe.platform.web.Page;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Everything that is read of messages. Reading consumes nothing. */
@ApplicationScoped
public class MessageQueries {

    /** An inbox is looked at no further back than this many messages. */
    private static final int DEPTH = 1_000;

    private static final Duration URGENT_FOR = Duration.ofDays(30);

    private static final String VIEW = """
            select m.*, d.handle,
                   array(select a.label from message_addresses a
                          where a.workspace_id = m.workspace_id and a.message_id = m.id order by a.place) as labels
              from (%s) m
              join developers d on d.id = m.developer_id
            """;

    /** Where each message stands for the reader: its nearest deliveries decide, and one of them is enough. */
    private static final String STANDING = """
            select l.message_id,
                   (array_agg(l.acknowledged_at order by l.distance, l.acknowledged_at nulls last))[1] as done_at
              from (%s) l
             group by l.message_id
            """;

    private static final String WAITING = """
            v.message_id in (select w.message_id from message_deliveries w
                              where w.workspace_id = ? and w.developer_id = ? and w.acknowledged_at is null
                              order by w.message_id desc limit %d)
            """.formatted(DEPTH);

    private static final String ANY = """
            v.message_id in (select w.message_id from message_deliveries w
                              where w.workspace_id = ? and w.developer_id = ? and (?::uuid is null or w.message_id < ?::uuid)
                              order by w.message_id desc limit %d)
            """.formatted(DEPTH);

    private static final String LETTER =
            "select m.*, null::timestamptz as done_at from messages m where m.workspace_id = ? and ";

    private final Transactions transactions;
    private final Sql sql;
    private final Clock clock;

    MessageQueries(Transactions transactions, Sql sql, Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.clock = clock;
    }

    /** What waits to be acknowledged: the urgent first, then the oldest. */
    public InboxView unread(Caller caller, Reader reader, int limit) {
        InboxSql inbox = new InboxSql(caller, reader, SessionState.staleSince(clock.instant()));
        String standing = STANDING.formatted(inbox.lying(WAITING));
        Object[] parameters = inbox.parameters(caller.workspaceId(), reader.developerId());
        return transactions.in(caller.place(), () -> {
            List<MessageView> messages = sql.list(
                    VIEW.formatted("""
                            select m.*, s.done_at from (%s) s join messages m on m.id = s.message_id
                             where s.done_at is null
                            """.formatted(standing)) + " order by m.priority = 'normal', m.sent_at, m.id limit "
                            + (limit + 1),
                    MessageQueries::view,
                    parameters);
            int unread = messages.size() <= limit
                    ? messages.size()
                    : sql.one(
                            "select count(*) as many from (" + standing + ") s where s.done_at is null",
                            row -> row.integer("many"),
                            parameters);
            return new InboxView(
                    List.copyOf(messages.subList(0, Math.min(limit, messages.size()))), unread, Optional.empty());
        });
    }

    /** One page of everything that ever lay in the inbox, the newest first. */
    public InboxView all(Caller caller, Reader reader, Optional<String> cursor, int limit) {
        Optional<UUID> before = cursor.map(Cursor::of).map(Cursor::id);
        InboxSql inbox = new InboxSql(caller, reader, SessionState.staleSince(clock.instant()));
        return transactions.in(caller.place(), () -> {
            List<MessageView> messages = sql.list(
                    VIEW.formatted("select m.*, s.done_at from (%s) s join messages m on m.id = s.message_id"
                                    .formatted(STANDING.formatted(inbox.lying(ANY))))
                            + " order by m.id desc limit " + (limit + 1),
                    MessageQueries::view,
                    inbox.parameters(caller.workspaceId(), reader.developerId(), before, before));
            Page<MessageView> page = Page.of(messages, limit, last -> new Cursor(last.sentAt(), last.id()));
            return new InboxView(page.items(), unread(caller, reader, 1).unread(), page.cursor());
        });
    }

    MessageView get(Caller caller, UUID id) {
        return letters(caller, "m.id = ?", id).stream().findFirst().orElseThrow(() -> MessageStore.unknown(id));
    }

    /** One page of the workspace's messages, the newest first. */
    public Page<MessageView> list(Caller caller, Optional<String> cursor, int limit) {
        Optional<Cursor> from = cursor.map(Cursor::of);
        String newest = " order by m.sent_at desc, m.id desc limit " + (limit + 1);
        return transactions.in(caller.place(), () -> {
            List<MessageView> found = from.isPresent()
                    ? letters(
                            caller,
                            "(m.sent_at, m.id) < (?, ?)" + newest,
                            from.get().at(),
                            from.get().id())
                    : letters(caller, "true" + newest);
            return Page.of(newestFirst(found), limit, last -> new Cursor(last.sentAt(), last.id()));
        });
    }

    /** What was sent to a task's or workstream's followers last, the newest first. */
    public List<MessageView> to(Caller caller, UUID taskOrWorkstream, int limit) {
        return transactions.in(
                caller.place(),
                () -> newestFirst(letters(
                        caller,
                        "m.id in (select a.message_id from message_addresses a where a.workspace_id = ?"
                                + " and a.target_id = ? order by a.message_id desc limit " + limit + ")",
                        caller.workspaceId(),
                        taskOrWorkstream)));
    }

    private static List<MessageView> newestFirst(List<MessageView> messages) {
        return messages.reversed();
    }

    private List<MessageView> letters(Caller caller, String condition, Object... more) {
        List<Object> parameters = new ArrayList<>(List.of(caller.workspaceId()));
        parameters.addAll(List.of(more));
        return sql.list(
                VIEW.formatted(LETTER + condition) + " order by m.sent_at, m.id",
                MessageQueries::view,
                parameters.toArray());
    }

    /**
     * The conversation that a message belongs to, with who has it still before them; at most 200 messages.
     *
     * @throws Refusal.NotFound {@code message.unknown}
     */
    public ThreadView thread(Caller caller, UUID id) {
        return transactions.in(caller.place(), () -> {
            List<MessageView> messages = letters(
                    caller,
                    "m.thread_id = (select t.thread_id from messages t where t.workspace_id = ? and t.id = ?)"
                            + " order by m.place limit " + Page.MOST,
                    caller.workspaceId(),
                    id);
            if (messages.isEmpty()) {
                throw MessageStore.unknown(id);
            }
            Map<UUID, List<DeliveryView>> deliveries =
                    deliveries(caller, messages.stream().map(MessageView::id).toList());
            return new ThreadView(
                    messages.getFirst().thread(),
                    messages.stream()
                            .sorted(Comparator.comparingInt(MessageView::place))
                            .map(message ->
                                    new ThreadView.Entry(message, deliveries.getOrDefault(message.id(), List.of())))
                            .toList());
        });
    }

    private Map<UUID, List<DeliveryView>> deliveries(Caller caller, List<UUID> ids) {
        Map<UUID, List<DeliveryView>> deliveries = new HashMap<>();
        sql.list(
                """
                select v.message_id, v.acknowledged_at,
                       '@' || d.handle || coalesce(' / ' || coalesce(v.agent, o.agent_type), '') as reader
                  from message_deliveries v
                  join developers d on d.id = v.developer_id
                  left join agent_sessions o on o.id = v.session_id
                 where v.workspace_id = ? and v.message_id = any(?)
                 order by reader, v.id
                """,
                row -> deliveries
                        .computeIfAbsent(row.uuid("message_id"), _ -> new ArrayList<>())
                        .add(new DeliveryView(row.text("reader"), row.optionalInstant("acknowledged_at"))),
                caller.workspaceId(),
                ids);
        return deliveries;
    }

    /** Urgent messages of the last 30 days that somebody has not acknowledged, the oldest first. */
    public List<WaitingMessage> urgent(Caller caller, int limit) {
        String waiting = """
                select m.*, null::timestamptz as done_at, w.readers
                  from messages m
                 cross join lateral (
                       select array_agg(distinct '@' || d.handle || case when %1$s then ''
                                             else coalesce(' / ' || coalesce(v.agent, o.agent_type), '') end) as readers
                         from message_deliveries v
                         join developers d on d.id = v.developer_id
                         left join agent_sessions o on o.id = v.session_id
                        where v.workspace_id = m.workspace_id and v.message_id = m.id and v.acknowledged_at is null
                          and not (%1$s and exists (
                                select from message_deliveries p
                                 where p.workspace_id = v.workspace_id and p.message_id = v.message_id
                                   and p.developer_id = v.developer_id and p.session_id is null and p.agent is null))) w
                 where m.workspace_id = ? and m.priority = 'urgent' and m.sent_at > ? and w.readers is not null
                 order by m.sent_at, m.id limit %2$d
                """.formatted("coalesce(o.ended_at is not null or o.last_seen_at <= ?, false)", limit);
        Instant stale = SessionState.staleSince(clock.instant());
        return transactions.in(
                caller.place(),
                () -> sql.list(
                        VIEW.formatted(waiting) + " order by m.sent_at, m.id",
                        row -> new WaitingMessage(view(row), row.texts("readers")),
                        stale,
                        stale,
                        caller.workspaceId(),
                        clock.instant().minus(URGENT_FOR)));
    }

    private static MessageView view(Row row) throws SQLException {
        return new MessageView(
                row.uuid("id"),
                row.uuid("thread_id"),
                row.integer("place"),
                row.optionalUuid("reply_to"),
                Origin.of(row.text("origin")),
                row.text("handle"),
                row.optionalText("agent"),
                row.optionalUuid("session_id"),
                row.texts("labels"),
                row.optionalText("subject"),
                row.text("body"),
                MessagePriority.of(row.text("priority")),
                row.instant("sent_at"),
                row.optionalInstant("done_at"));
    }
}
