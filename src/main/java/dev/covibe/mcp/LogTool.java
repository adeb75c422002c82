package dev.covibe.mcp;

import static dev.covibe.mcp.Argument.choice;
import static dev.covibe.mcp.Argument.text;
import static dev.covibe.mcp.Argument.texts;

import dev.covibe.agents.CurrentSession;
import dev.covibe.coordination.blockers.BlockerKind;
import dev.covibe.coordination.blockers.BlockerView;
import dev.covibe.coordination.blockers.Blockers;
import dev.covibe.coordination.blockers.NewBlocker;
import dev.covibe.coordination.decisions.DecisionView;
import dev.covibe.coordination.decisions.Decisions;
import dev.covibe.coordination.decisions.NewDecision;
import dev.covibe.journal.EventKind;
import dev.covibe.work.Progress;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code log}: what happens to a task, in words: progress, notes, blockers, decisions. */
@ApplicationScoped
class LogTool implements McpTool {

    private static final String CHOICE = "choice";
    private static final String DECISION = "decision";
    private static final String REASON = "reason";

    private final Progress progress;
    private final Blockers blockers;
    private final Decisions decisions;
    private final Answers answers;

    LogTool(Progress progress, Blockers blockers, Decisions decisions, Answers answers) {
        this.progress = progress;
        this.blockers = blockers;
        this.decisions = decisions;
        this.answers = answers;
    }

    @Override
    public ToolShape shape() {
        return new ToolShape(
                "log",
                "Record on a task.",
                ToolShape.Effect.ADDS,
                List.of(
                        choice("kind", "Which", "progress", "note", "blocker", "unblock", DECISION)
                                .wanted(),
                        text("text", "Markdown or the question").wanted(),
                        text("task", "Default: your session's"),
                        text("cause", "E.g. access, review"),
                        text("needs", "@who"),
                        texts("options", "Choices"),
                        text(CHOICE, "Else it is asked"),
                        text(REASON, "Why"),
                        text("id", "What is answered")),
                List.of("event", "task"));
    }

    @Override
    public Answer call(ToolCall call) {
        return switch (call.arguments().wanted("kind")) {
            case "blocker" -> block(call);
            case "unblock" -> unblock(call);
            case DECISION -> decide(call);
            case "note" -> note(call, EventKind.NOTED);
            default -> note(call, EventKind.PROGRESSED);
        };
    }

    private Answer note(ToolCall call, EventKind kind) {
        String task = TaskInHand.of(call);
        UUID event = progress.log(call.caller(), task, kind, call.arguments().wanted("text"));
        return answers.of(Map.of("event", event, "task", task), "Logged on " + task + ".");
    }

    private Answer block(ToolCall call) {
        Arguments arguments = call.arguments();
        Blockers.Told told = blockers.raise(
                call.caller(),
                new NewBlocker(
                        TaskInHand.of(call),
                        arguments.text("cause").map(BlockerKind::of).orElse(BlockerKind.OTHER),
                        arguments.wanted("text"),
                        arguments.text("needs")));
        BlockerView blocker = told.blocker();
        return answers.of(
                blocker(told),
                blocker.task().key() + " is blocked"
                        + blocker.needs()
                                .map(handle -> "; @" + handle + " is told")
                                .orElse("")
                        + ". The answer comes to your inbox; until then: find_work {\"view\":\"ready\"}.");
    }

    private Answer unblock(ToolCall call) {
        Arguments arguments = call.arguments();
        String answer = arguments.wanted("text");
        Blockers.Told told = arguments
                .id("id")
                .map(id -> blockers.resolve(call.caller(), id, answer))
                .orElseGet(() -> blockers.resolveOn(call.caller(), TaskInHand.of(call), answer));
        return answers.of(
                blocker(told),
                "Answered the blocker of " + told.blocker().task().key() + ".");
    }

    private static Map<String, ?> blocker(Blockers.Told told) {
        return Map.of(
                "event",
                told.event(),
                "task",
                told.blocker().task().key(),
                "blocker",
                told.blocker().id());
    }

    private Answer decide(ToolCall call) {
        Arguments arguments = call.arguments();
        Decisions.Told told = arguments
                .id("id")
                .map(id -> decisions.decide(call.caller(), id, arguments.text(CHOICE), arguments.text(REASON)))
                .orElseGet(() -> decisions.put(
                        call.caller(),
                        new NewDecision(
                                arguments.wanted("text"),
                                arguments.texts("options"),
                                task(call).map(List::of).orElse(List.of()),
                                arguments.text("needs"),
                                arguments.text(CHOICE),
                                arguments.text(REASON))));
        DecisionView decision = told.decision();
        Map<String, Object> structured = new LinkedHashMap<>();
        structured.put("event", told.event());
        structured.put("task", decision.tasks().stream().findFirst());
        structured.put(DECISION, decision.id());
        return answers.of(
                structured,
                decision.choice()
                        .map(choice -> "Decided: " + choice + ".")
                        .orElse("Asked. The choice comes to your inbox."));
    }

    private static Optional<String> task(ToolCall call) {
        return call.arguments().text("task").or(() -> call.session().flatMap(CurrentSession::task));
    }
}
