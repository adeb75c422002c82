package dev.covibe.mcp;

import static dev.covibe.mcp.Argument.choice;
import static dev.covibe.mcp.Argument.text;

import dev.covibe.journal.EventKind;
import dev.covibe.work.Progress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code log}: a line in a task's story. */
@ApplicationScoped
class LogTool implements McpTool {

    private final Progress progress;
    private final Answers answers;

    LogTool(Progress progress, Answers answers) {
        this.progress = progress;
        this.answers = answers;
    }

    @Override
    public ToolShape shape() {
        return new ToolShape(
                "log",
                "Record progress or a note on a task.",
                ToolShape.Effect.ADDS,
                List.of(
                        choice("kind", "Which", "progress", "note").wanted(),
                        text("text", "Markdown").wanted(),
                        text("task", "Default: your session's")),
                List.of("event:string", "task:string"));
    }

    @Override
    public Answer call(ToolCall call) {
        String task = TaskInHand.of(call);
        EventKind kind = call.arguments().wanted("kind").equals("note") ? EventKind.NOTED : EventKind.PROGRESSED;
        UUID event = progress.log(call.caller(), task, kind, call.arguments().wanted("text"));
        return answers.of(Map.of("event", event, "task", task), "Logged on " + task + ".");
    }
}
