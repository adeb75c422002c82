package dev.covibe.coordination.messages;

import dev.covibe.identity.Caller;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What lies before a reader, as SQL. A delivery is near (0) in the reader's own session, further (1) in its agent's
 * inbox, and furthest (2) in the developer's, to which the inboxes of sessions belong where nobody sits any more. The
 * nearest deliveries of a message decide whether it still waits, so that everybody is told once.
 */
record InboxSql(Caller caller, Reader reader, Instant staleSince) {

    private static final String LYING = """
            select v.id, v.message_id, v.acknowledged_at,
                   case when v.session_id = ?::uuid then 0 when v.agent is not null then 1 else 2 end as distance
              from message_deliveries v
              join messages m on m.id = v.message_id
              left join agent_sessions o on o.id = v.session_id
              left join agent_sessions mine on mine.id = ?::uuid
             where v.workspace_id = ? and v.developer_id = ?
               and (v.session_id is null or v.session_id = ?::uuid or o.ended_at is not null or o.last_seen_at <= ?)
               and (v.agent is null or v.agent in (mine.agent_type, lower(mine.agent_name), ?::text))
               and not (m.developer_id = v.developer_id and m.session_id is not distinct from ?::uuid)
               and %s
            """;

    /**
     * Deliveries {@code v} with their {@code distance}, without what the reader wrote.
     *
     * @param condition on {@code v}; what it binds goes to {@link #parameters}
     */
    String lying(String condition) {
        return LYING.formatted(condition);
    }

    Object[] parameters(Object... more) {
        Optional<?> session = reader.session();
        List<Object> parameters = new ArrayList<>(List.of(
                session,
                session,
                caller.workspaceId(),
                reader.developerId(),
                session,
                staleSince,
                session.isPresent() ? Optional.empty() : reader.agent(),
                session));
        parameters.addAll(List.of(more));
        return parameters.toArray();
    }
}
