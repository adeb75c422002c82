package dev.covibe.mcp;

import static dev.covibe.mcp.Argument.choice;
import static dev.covibe.mcp.Argument.text;

import dev.covibe.coordination.claims.ClaimQueries;
import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.work.Outcome;
import dev.covibe.work.Progress;
import dev.covibe.work.TaskView;
import dev.covibe.work.WorkstreamView;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code finish}: ends a task or a workstream, with what came of it. */
@ApplicationScoped
class FinishTool implements McpTool {

    private static final String WORKSTREAM = "workstream";

    private final Progress progress;
    private final ClaimQueries claims;
    private final Answers answers;

    FinishTool(Progress progress, ClaimQueries claims, Answers answers) {
        this.progress = progress;
        this.claims = claims;
        this.answers = answers;
    }

    @Override
    public ToolShape shape() {
        return new ToolShape(
                "finish",
                "Complete or cancel a task or workstream.",
                ToolShape.Effect.SETTLES,
                List.of(
                        text("task", "Default: your session's"),
                        text(WORKSTREAM, "Instead of a task"),
                        choice("outcome", "Outcome", "done", "cancelled").wanted(),
                        text("summary", "What changed; Markdown").wanted()),
                List.of("task", "workstream", "released"));
    }

    @Override
    public Answer call(ToolCall call) {
        Arguments arguments = call.arguments();
        Outcome outcome = Outcome.of(arguments.wanted("outcome"));
        String summary = arguments.wanted("summary");
        Optional<String> workstream = arguments.text(WORKSTREAM);
        if (workstream.isPresent() && arguments.text("task").isPresent()) {
            throw Refusal.invalidField(WORKSTREAM, "Name a task or a workstream, not both.");
        }
        return workstream.isPresent()
                ? answer(progress.finishWorkstream(call.caller(), workstream.get(), outcome, summary))
                : answer(call.caller(), progress.finish(call.caller(), TaskInHand.of(call), outcome, summary));
    }

    private Answer answer(Caller caller, TaskView task) {
        List<ClaimLine> released = task.endedAt()
                .map(at -> ClaimLine.of(claims.releasedWith(caller, task.id(), at)))
                .orElse(List.of());
        return answers.of(
                Map.of("task", TaskLine.of(task), "released", released),
                task.key() + " is " + task.status().key()
                        + (released.isEmpty() ? "" : "; released " + ClaimLine.targets(released))
                        + ". Next: take_task {} for the next ready one, or end_session.");
    }

    private Answer answer(WorkstreamView workstream) {
        return answers.of(
                Map.of(WORKSTREAM, WorkstreamLine.of(workstream), "released", List.of()),
                workstream.key() + " is " + workstream.status().key() + ".");
    }
}
