package dev.covibe.mcp;

import dev.covibe.agents.CurrentSession;
import dev.covibe.identity.Caller;
import java.util.Optional;

/**
 * One call of a tool.
 *
 * @param caller acting in its session, where one is open
 * @param session the session that the call belongs to
 * @param mcpSession the protocol session that the call came through
 */
record ToolCall(Caller caller, Arguments arguments, Optional<CurrentSession> session, Optional<String> mcpSession) {}
