package dev.covibe.mcp;

import static dev.covibe.mcp.Argument.text;

import dev.covibe.agents.Sessions;
import dev.covibe.journal.Journal;
import dev.covibe.work.ItemRef;
import dev.covibe.work.Progress;
import dev.covibe.work.TaskView;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code take_task}: exactly one of all who ask gets it, with everything that is known about it. */
@ApplicationScoped
class TakeTaskTool implements McpTool {

    private static final int MOST_OF_THE_STORY = 20;

    private final Progress progress;
    private final Sessions sessions;
    private final Journal journal;
    private final Answers answers;

    TakeTaskTool(Progress progress, Sessions sessions, Journal journal, Answers answers) {
        this.progress = progress;
        this.sessions = sessions;
        this.journal = journal;
        this.answers = answers;
    }

    @Override
    public ToolShape shape() {
        return new ToolShape(
                "take_task",
                "Take a task, or the next ready one, and read its story.",
                ToolShape.Effect.ADDS,
                List.of(
                        text("task", "Default: next ready"),
                        text("project", "Project key"),
                        text(ToolShape.SESSION, "Default: latest")),
                List.of("task", "story"));
    }

    @Override
    public Answer call(ToolCall call) {
        TaskView task = progress.take(
                call.caller(), call.arguments().text("task"), call.arguments().text("project"));
        sessions.workOn(call.caller(), task);
        List<StoryLine> story = journal.ofTask(call.caller(), task.id(), MOST_OF_THE_STORY).stream()
                .map(StoryLine::of)
                .toList();
        Map<String, Object> structured = new LinkedHashMap<>();
        structured.put("task", task);
        structured.put("story", story);
        return answers.of(structured, words("You have ", task, story));
    }

    /** Everything that is known about a task, after the words that it begins with. */
    static String words(String begin, TaskView task, List<StoryLine> story) {
        StringBuilder text = new StringBuilder(begin).append(TaskLine.of(task).line());
        if (!task.description().isBlank()) {
            text.append("\n\n").append(task.description()).append('\n');
        }
        list(text, "Paths", task.paths());
        list(text, "References", task.references());
        list(text, "After", task.dependsOn().stream().map(TakeTaskTool::named).toList());
        list(text, "Blocks", task.blocks().stream().map(TakeTaskTool::named).toList());
        task.workstream().ifPresent(stream -> text.append("\nWorkstream: ").append(named(stream)));
        return text.append("\nStory:")
                .append(story.stream().map(StoryLine::line).collect(Collectors.joining()))
                .toString();
    }

    private static void list(StringBuilder text, String title, List<String> items) {
        if (!items.isEmpty()) {
            text.append('\n').append(title).append(": ").append(String.join(", ", items));
        }
    }

    private static String named(ItemRef item) {
        return item.key() + " " + item.title() + " (" + item.status() + ")";
    }
}
