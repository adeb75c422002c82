package dev.covibe.agents;

import java.util.Optional;
import java.util.UUID;

/**
 * What an agent says when it begins.
 *
 * @param repository the remote in any spelling
 * @param agentName what the agent calls itself; a typed token knows better (IDN-7)
 * @param task key of the task that it works on
 * @param parentSession the session that started this one, for sub-agents
 * @param resume a session of the same developer to go on with, ended or not
 * @param mcpSession the protocol session that the call came through
 */
public record SessionStart(
        String repository,
        Optional<String> branch,
        Optional<String> worktree,
        Optional<String> agentName,
        Optional<String> agentVersion,
        Optional<String> model,
        Optional<String> task,
        Optional<UUID> parentSession,
        Optional<UUID> resume,
        Optional<String> mcpSession) {}
