package dev.covibe.coordination.messages;

import dev.covibe.platform.sql.Row;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * Where a delivery lies: a session's inbox, an agent's, or the developer's own.
 *
 * @param agent an agent of the developer that is not sitting anywhere in particular
 * @param shown who reads it: {@code @lin}, {@code @lin / codex}
 */
record Mailbox(UUID developerId, Optional<String> agent, Optional<UUID> session, String shown) {

    /** A row with {@code developer_id, handle, session_id, agent_type}; a session is shown with its kind of agent. */
    static Mailbox of(Row row) throws SQLException {
        Optional<UUID> session = row.optionalUuid("session_id");
        String handle = "@" + row.text("handle");
        return new Mailbox(
                row.uuid("developer_id"),
                Optional.empty(),
                session,
                session.isPresent() ? handle + " / " + row.text("agent_type") : handle);
    }
}
