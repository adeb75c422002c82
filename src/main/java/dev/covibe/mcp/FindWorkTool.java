package dev.covibe.mcp;

import static dev.covibe.mcp.Argument.choice;
import static dev.covibe.mcp.Argument.number;
import static dev.covibe.mcp.Argument.text;

import dev.covibe.coordination.decisions.DecisionQueries;
import dev.covibe.platform.web.Page;
import dev.covibe.work.TaskFilter;
import dev.covibe.work.TaskList;
import dev.covibe.work.TaskStatus;
import dev.covibe.work.WorkQueries;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code find_work}: lists and search, short by default. */
@ApplicationScoped
class FindWorkTool implements McpTool {

    private static final int USUAL_LIMIT = 20;

    /** Whether 1,000 or 3,000 tasks wait is the same to an agent, but not to the server. */
    private static final int MOST_COUNTED = 1_000;

    /** Decisions are found by the same words, because what is decided is not asked again (CRD-5). */
    private static final int MOST_DECISIONS = 5;

    private final WorkQueries work;
    private final DecisionQueries decisions;
    private final Answers answers;

    FindWorkTool(WorkQueries work, DecisionQueries decisions, Answers answers) {
        this.work = work;
        this.decisions = decisions;
        this.answers = answers;
    }

    @Override
    public ToolShape shape() {
        return new ToolShape(
                "find_work",
                "List or search tasks; text finds decisions too.",
                ToolShape.Effect.READS,
                List.of(
                        choice("view", "Which", "mine", "ready", "active", "blocked", "done", "all")
                                .wanted(),
                        text("text", "Words or a key"),
                        text("project", "Project key"),
                        text("workstream", "Workstream key"),
                        text("path", "A file"),
                        number("limit", "Default " + USUAL_LIMIT),
                        text("cursor", "From the page before"),
                        choice("detail", "Default concise", "concise", "full")),
                List.of("tasks", "total", "cursor"));
    }

    @Override
    public Answer call(ToolCall call) {
        Arguments arguments = call.arguments();
        int limit = Page.limit(arguments.number("limit"), USUAL_LIMIT);
        TaskList found = work.find(call.caller(), filter(arguments), arguments.text("cursor"), limit, MOST_COUNTED);
        List<TaskLine> lines = found.items().stream().map(TaskLine::of).toList();
        boolean full = arguments.text("detail").orElse("concise").equals("full");

        Map<String, Object> structured = new LinkedHashMap<>();
        structured.put("tasks", full ? found.items() : lines);
        structured.put("total", found.total());
        structured.put("cursor", found.cursor());
        List<DecisionLine> decided = arguments
                .text("text")
                .map(text -> decisions.search(call.caller(), text, MOST_DECISIONS))
                .orElse(List.of())
                .stream()
                .map(DecisionLine::of)
                .toList();
        if (!decided.isEmpty()) {
            structured.put("decisions", decided);
        }
        return answers.of(
                structured,
                words(found, lines) + (decided.isEmpty() ? "" : "\nDecisions:" + DecisionLine.lines(decided)));
    }

    private static String words(TaskList found, List<TaskLine> lines) {
        String more = found.cursor()
                .map(cursor -> "\nMore: the same call with cursor \"" + cursor + "\".")
                .orElse("");
        return found.total()
                + (found.total() == 1 ? " task" : found.total() == MOST_COUNTED ? " or more tasks" : " tasks")
                + (lines.size() < found.total() ? ", " + lines.size() + " shown" : "") + "."
                + TaskLine.lines(lines) + more;
    }

    private static TaskFilter filter(Arguments arguments) {
        String view = arguments.wanted("view");
        return new TaskFilter(
                statuses(view),
                arguments.text("text"),
                arguments.text("project"),
                view.equals("mine") ? Optional.of("me") : Optional.empty(),
                arguments.text("workstream"),
                Optional.empty(),
                arguments.text("path"),
                view.equals("ready"),
                view.equals("blocked"));
    }

    private static Set<TaskStatus> statuses(String view) {
        return switch (view) {
            case "mine" -> Set.of(TaskStatus.BACKLOG, TaskStatus.PLANNED, TaskStatus.IN_PROGRESS, TaskStatus.IN_REVIEW);
            case "active" -> Set.of(TaskStatus.IN_PROGRESS, TaskStatus.IN_REVIEW);
            case "done" -> Set.of(TaskStatus.DONE);
            default -> Set.of();
        };
    }
}
