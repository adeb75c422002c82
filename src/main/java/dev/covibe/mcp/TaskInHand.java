package dev.covibe.mcp;

import dev.covibe.agents.CurrentSession;
import dev.covibe.platform.problem.Refusal;

/** Which task a call is about: the named one, else the one that its session works on. */
final class TaskInHand {

    private TaskInHand() {}

    /** @throws Refusal.Invalid {@code task.wanted} */
    static String of(ToolCall call) {
        return call.arguments()
                .text("task")
                .or(() -> call.session().flatMap(CurrentSession::task))
                .orElseThrow(() -> Refusal.invalid("task.wanted", "Say which task: your session has not taken one."));
    }
}
