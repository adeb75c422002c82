package dev.covibe.identity;

import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Row;
import dev.covibe.tenancy.Place;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;

/**
 * On whose behalf a request acts: one developer in one workspace, at a browser or through an agent's token. Everything
 * is logged for this developer, whatever an agent says of itself (IDN-7).
 *
 * @param handle the developer's short name, shown as {@code @handle}
 * @param token the agent's token; empty for a person at a browser
 * @param session the agent session that the request belongs to, where one is open
 */
public record Caller(
        Place place, UUID developerId, String handle, Role role, Optional<Token> token, Optional<Session> session) {

    /**
     * @param agentType empty for an untyped token, which believes what the agent says of itself
     */
    public record Token(UUID id, String name, Optional<AgentType> agentType) {}

    /** An open agent session, as far as attribution needs it. */
    public record Session(UUID id, String agent) {}

    /** Somebody in whose name the server itself works: through no token and in no session. */
    public static Caller read(Row row) throws SQLException {
        return new Caller(
                new Place(row.uuid("tenant_id"), row.uuid("workspace_id")),
                row.uuid("developer_id"),
                row.text("handle"),
                Role.of(row.text("role")),
                Optional.empty(),
                Optional.empty());
    }

    public Caller in(Session opened) {
        return new Caller(place, developerId, handle, role, token, Optional.of(opened));
    }

    /** The same in another workspace of the company, whose sessions are its own. */
    public Caller at(Place other) {
        return new Caller(other, developerId, handle, role, token, Optional.empty());
    }

    /** What acts, when it is not a person: {@code codex}, {@code claude-code}; empty for a person. */
    public Optional<String> agent() {
        return session.map(Session::agent)
                .or(() ->
                        token.map(token -> token.agentType().map(AgentType::key).orElse("agent")));
    }

    public UUID workspaceId() {
        return place.workspaceId();
    }

    /**
     * Refuses everybody but an admin at a browser. Who is in, and what is deleted, is for people to decide: an agent that
     * was talked into it must not be able to, whoever's token it holds.
     */
    public void mustBeAdminInPerson() {
        mustBeAdmin();
        mustBeInPerson();
    }

    /** Refuses agents' tokens. */
    public void mustBeInPerson() {
        if (token.isPresent()) {
            throw Refusal.forbidden(
                    "identity.people-only", "A person does this in the settings; an agent's token may not.");
        }
    }

    /** Refuses everybody but admins of the tenant. */
    public void mustBeAdmin() {
        if (role != Role.ADMIN) {
            throw Refusal.forbidden("identity.admin-only", "Only an admin of the company may do this.");
        }
    }
}
