package dev.covibe.mcp;

import static dev.covibe.mcp.Argument.choice;
import static dev.covibe.mcp.Argument.text;

import dev.covibe.agents.CurrentSession;
import dev.covibe.agents.SessionOutcome;
import dev.covibe.agents.SessionView;
import dev.covibe.agents.Sessions;
import dev.covibe.platform.problem.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** {@code end_session}: the agent stops. */
@ApplicationScoped
class EndSessionTool implements McpTool {

    private final Sessions sessions;
    private final Answers answers;

    EndSessionTool(Sessions sessions, Answers answers) {
        this.sessions = sessions;
        this.answers = answers;
    }

    @Override
    public ToolShape shape() {
        return new ToolShape(
                "end_session",
                "End your session when you stop.",
                ToolShape.Effect.ADDS,
                List.of(
                        choice("outcome", "Outcome", "done", "partial", "failed", "abandoned")
                                .wanted(),
                        text("summary", "Done and left"),
                        text(ToolShape.SESSION, "Default: latest")),
                List.of("session"));
    }

    @Override
    public Answer call(ToolCall call) {
        CurrentSession session = call.session()
                .orElseThrow(() -> Refusal.conflict("session.wanted", "You have no open session to end."));
        SessionView ended = sessions.end(
                call.caller(),
                session.id(),
                SessionOutcome.of(call.arguments().wanted("outcome")),
                call.arguments().text("summary"));
        return answers.of(Map.of("session", SessionLine.of(ended, false)), "Session " + ended.id() + " ended.");
    }
}
