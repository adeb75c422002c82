package dev.covibe.mcp;

/** One tool of the MCP endpoint (MCP-2). Runs inside the transaction of the caller's place. */
interface McpTool {

    /** What a client sees of it; asked for once. */
    ToolShape shape();

    /** Whether the call makes the session that it belongs to, instead of belonging to an older one. */
    default boolean opensSession() {
        return false;
    }

    /** @throws dev.covibe.platform.problem.Refusal which becomes a tool error in one place, {@link ToolErrors} */
    Answer call(ToolCall call);
}
