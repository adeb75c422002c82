package dev.covibe.mcp;

import dev.covibe.agents.CurrentSession;
import dev.covibe.identity.Caller;
import java.util.Optional;
import java.util.function.Supplier;

/** One call of a tool. */
final class ToolCall {

    private final Caller caller;
    private final Arguments arguments;
    private final Supplier<Optional<CurrentSession>> session;
    private final Optional<String> mcpSession;

    /**
     * @param caller acting in its session, where the tool writes and one is open
     * @param session finds the session that the call belongs to; asked each time, so it remembers by itself
     * @param mcpSession the protocol session that the call came through
     */
    ToolCall(
            Caller caller,
            Arguments arguments,
            Supplier<Optional<CurrentSession>> session,
            Optional<String> mcpSession) {
        this.caller = caller;
        this.arguments = arguments;
        this.session = session;
        this.mcpSession = mcpSession;
    }

    Caller caller() {
        return caller;
    }

    Arguments arguments() {
        return arguments;
    }

    /** The session that the call belongs to. A tool that reads pays a query for asking. */
    Optional<CurrentSession> session() {
        return session.get();
    }

    Optional<String> mcpSession() {
        return mcpSession;
    }
}
