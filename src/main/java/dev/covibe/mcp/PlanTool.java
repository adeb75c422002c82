package dev.covibe.mcp;

import static dev.covibe.mcp.Argument.choice;
import static dev.covibe.mcp.Argument.text;
import static dev.covibe.mcp.Argument.texts;

import dev.covibe.agents.CurrentSession;
import dev.covibe.overlap.Confirmation;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.work.Planning;
import dev.covibe.work.TaskPlan;
import dev.covibe.work.TaskView;
import dev.covibe.work.WorkstreamPlan;
import dev.covibe.work.WorkstreamView;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code plan}: makes work known before it begins, unless it is known already. */
@ApplicationScoped
class PlanTool implements McpTool {

    private static final String WORKSTREAM = "workstream";

    private final Planning planning;
    private final Answers answers;

    PlanTool(Planning planning, Answers answers) {
        this.planning = planning;
        this.answers = answers;
    }

    @Override
    public ToolShape shape() {
        return new ToolShape(
                "plan",
                "Plan a task or workstream. Refused with candidates when it looks like other work.",
                ToolShape.Effect.ADDS,
                List.of(
                        text("title", "One line").wanted(),
                        choice("kind", "Default task", "task", WORKSTREAM),
                        text("description", "Markdown"),
                        text("project", "Project key"),
                        text(WORKSTREAM, "Workstream key"),
                        texts("paths", "Globs"),
                        text("repository", "Git remote URL"),
                        text("branch", "Git branch"),
                        texts("references", "Issue URLs, #123"),
                        texts("depends_on", "Tasks that come first"),
                        choice("priority", "Default none", "none", "low", "medium", "high", "urgent"),
                        texts("labels", "Labels"),
                        texts("confirm", "Candidate ids"),
                        text("confirm_reason", "Why it is other work")),
                List.of("task", "workstream"));
    }

    @Override
    public Answer call(ToolCall call) {
        Arguments arguments = call.arguments();
        Confirmation confirmation = new Confirmation(arguments.ids("confirm"), arguments.text("confirm_reason"));
        Optional<String> repository =
                arguments.text("repository").or(() -> call.session().flatMap(CurrentSession::repository));
        if (arguments.text("kind").orElse("task").equals(WORKSTREAM)) {
            refuseWhatOnlyTasksHave(arguments);
            return answer(planning.planWorkstream(call.caller(), workstream(arguments, repository), confirmation));
        }
        return answer(planning.planTask(call.caller(), task(arguments, repository), confirmation));
    }

    static TaskPlan task(Arguments arguments, Optional<String> repository) {
        return new TaskPlan(
                arguments.text("title").orElse(""),
                arguments.text("description"),
                arguments.text("project"),
                arguments.text(WORKSTREAM),
                Optional.empty(),
                Optional.empty(),
                arguments.text("priority"),
                arguments.texts("labels"),
                arguments.texts("paths"),
                repository,
                arguments.text("branch"),
                arguments.texts("references"),
                arguments.texts("depends_on"),
                Optional.empty());
    }

    private static WorkstreamPlan workstream(Arguments arguments, Optional<String> repository) {
        return new WorkstreamPlan(
                arguments.text("title").orElse(""),
                arguments.text("description"),
                Optional.of("me"),
                Optional.empty(),
                arguments.texts("paths"),
                repository);
    }

    /** Silence would let an agent believe that its dependencies were kept. */
    private static void refuseWhatOnlyTasksHave(Arguments arguments) {
        Stream.of("project", WORKSTREAM, "branch", "references", "depends_on", "priority", "labels")
                .filter(name -> arguments.request().containsKey(name))
                .filter(name -> name.equals("references") || name.equals("depends_on") || name.equals("labels")
                        ? !arguments.texts(name).isEmpty()
                        : arguments.text(name).isPresent())
                .findFirst()
                .ifPresent(name -> {
                    throw Refusal.invalidField(name, "A workstream has no " + name + "; leave it out.");
                });
    }

    private Answer answer(TaskView task) {
        return answers.of(
                Map.of("task", TaskLine.of(task)),
                "Planned " + TaskLine.of(task).line() + ". Next: take_task {\"task\":\"" + task.key()
                        + "\"} when you begin.");
    }

    private Answer answer(WorkstreamView workstream) {
        return answers.of(
                Map.of(WORKSTREAM, WorkstreamLine.of(workstream)),
                "Planned workstream " + workstream.key() + " " + workstream.name()
                        + ". Next: plan its tasks with workstream \"" + workstream.key() + "\".");
    }
}
