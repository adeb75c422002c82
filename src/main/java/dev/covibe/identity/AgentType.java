package dev.covibe.identity;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The kinds of coding agents that Co-Vibe tells apart. */
public enum AgentType {
    CLAUDE_CODE("claude-code", "Claude Code"),
    CODEX("codex", "Codex"),
    CURSOR("cursor", "Cursor"),
    GEMINI_CLI("gemini-cli", "Gemini CLI"),
    OTHER("other", "Other agent");

    private final String key;
    private final String title;

    AgentType(String key, String title) {
        this.key = key;
        this.title = title;
    }

    /** As it is written in requests, tables and tokens: {@code claude-code}. */
    @JsonValue
    public String key() {
        return key;
    }

    /** As people call it: {@code Claude Code}. */
    public String title() {
        return title;
    }

    @JsonCreator
    public static AgentType of(String key) {
        return Arrays.stream(values())
                .filter(type -> type.key.equals(key))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(
                        "agent.type-unknown",
                        "There is no agent type '" + key + "'. Known: " + known() + ".",
                        new FieldError("agent_type", "one of " + known())));
    }

    private static String known() {
        return Arrays.stream(values()).map(AgentType::key).collect(Collectors.joining(", "));
    }
}
