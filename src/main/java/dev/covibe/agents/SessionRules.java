package dev.covibe.agents;

import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import dev.covibe.platform.git.RepositoryIdentity;
import dev.covibe.platform.problem.Refusal;
import java.util.Locale;
import java.util.Optional;

/** What an agent may say of itself, and what of it is believed. */
final class SessionRules {

    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_PLACE = 300;
    private static final int LONGEST_MCP_SESSION = 200;

    private SessionRules() {}

    /** A session as it would begin, without id and times. */
    static AgentSession draft(Caller caller, SessionStart start) {
        Optional<String> said = text("/agent_name", start.agentName(), LONGEST_NAME);
        Optional<AgentType> typed = caller.token().flatMap(Caller.Token::agentType);
        AgentSession session = new AgentSession();
        session.workspaceId = caller.workspaceId();
        session.developerId = caller.developerId();
        session.tokenId = caller.token().map(Caller.Token::id).orElse(null);
        session.mcpSession = start.mcpSession()
                .filter(id -> id.length() <= LONGEST_MCP_SESSION)
                .orElse(null);
        session.agentType = typed.orElseGet(() -> said.map(SessionRules::typeOf).orElse(AgentType.OTHER));
        session.agentName = said.filter(name -> typed.isEmpty() || typeOf(name) == typed.get())
                .orElse(session.agentType.title());
        session.agentVersion =
                text("/agent_version", start.agentVersion(), LONGEST_NAME).orElse(null);
        session.model = text("/model", start.model(), LONGEST_NAME).orElse(null);
        session.repository = repository(start.repository());
        session.branch = text("/branch", start.branch(), LONGEST_PLACE).orElse(null);
        session.worktree = text("/worktree", start.worktree(), LONGEST_PLACE).orElse(null);
        return session;
    }

    /** {@code Claude Code}, {@code claude-code/2.1} and {@code claude} are one type; an unknown name is another agent. */
    static AgentType typeOf(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("claude")) {
            return AgentType.CLAUDE_CODE;
        }
        if (lower.contains("codex")) {
            return AgentType.CODEX;
        }
        if (lower.contains("cursor")) {
            return AgentType.CURSOR;
        }
        return lower.contains("gemini") ? AgentType.GEMINI_CLI : AgentType.OTHER;
    }

    static String repository(String remote) {
        return RepositoryIdentity.of(remote)
                .map(RepositoryIdentity::name)
                .orElseThrow(() -> Refusal.invalidField(
                        "/repository",
                        "'" + remote + "' is not a repository's remote, such as https://github.com/acme/web."));
    }

    private static Optional<String> text(String pointer, Optional<String> value, int longest) {
        Optional<String> text = value.map(String::strip).filter(some -> !some.isEmpty());
        text.ifPresent(some -> {
            if (some.length() > longest || some.chars().anyMatch(Character::isISOControl)) {
                throw Refusal.invalidField(
                        pointer, pointer.substring(1) + " has one line of at most " + longest + " characters.");
            }
        });
        return text;
    }
}
