package dev.covibe.coordination.messages;

import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import java.util.Optional;
import java.util.UUID;

/**
 * Whose inbox is read. A session reads its own, its agent's and its developer's; a person, or a program that is in no
 * session, the developer's, to which the inboxes of sessions that are over belong.
 *
 * @param agent kind of agent that reads, where it is in no session
 */
public record Reader(UUID developerId, Optional<UUID> session, Optional<String> agent) {

    public static Reader of(Caller caller) {
        return new Reader(
                caller.developerId(),
                caller.session().map(Caller.Session::id),
                caller.token().flatMap(Caller.Token::agentType).map(AgentType::key));
    }
}
