package dev.covibe.mcp;

import static dev.covibe.mcp.Argument.choice;
import static dev.covibe.mcp.Argument.text;

import dev.covibe.journal.Journal;
import dev.covibe.work.ItemRef;
import dev.covibe.work.TaskCounts;
import dev.covibe.work.WorkstreamQueries;
import dev.covibe.work.WorkstreamView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code summary}: where a workstream stands. */
@ApplicationScoped
class SummaryTool implements McpTool {

    private static final int MOST_OF_THE_STORY = 10;

    private final WorkstreamQueries workstreams;
    private final Journal journal;
    private final Answers answers;

    SummaryTool(WorkstreamQueries workstreams, Journal journal, Answers answers) {
        this.workstreams = workstreams;
        this.journal = journal;
        this.answers = answers;
    }

    @Override
    public ToolShape shape() {
        return new ToolShape(
                "summary",
                "Where a workstream stands.",
                ToolShape.Effect.READS,
                List.of(
                        choice("of", "Of what", "workstream").wanted(),
                        text("id", "Workstream key").wanted()),
                List.of("markdown:string", "figures:object"));
    }

    @Override
    public Answer call(ToolCall call) {
        WorkstreamView stream = workstreams.get(call.caller(), call.arguments().wanted("id"));
        List<StoryLine> story = journal.ofWorkstream(call.caller(), stream.id(), MOST_OF_THE_STORY).stream()
                .map(StoryLine::of)
                .toList();
        String markdown = markdown(stream, story);
        return answers.of(Map.of("markdown", markdown, "figures", Figures.of(stream.counts())), markdown);
    }

    /** @param progress share of done among all that were not cancelled, in percent */
    @RegisterForReflection
    record Figures(
            int total, int backlog, int planned, int inProgress, int inReview, int done, int cancelled, int progress) {

        static Figures of(TaskCounts counts) {
            return new Figures(
                    counts.total(),
                    counts.backlog(),
                    counts.planned(),
                    counts.inProgress(),
                    counts.inReview(),
                    counts.done(),
                    counts.cancelled(),
                    counts.progressPercent());
        }
    }

    private static String markdown(WorkstreamView stream, List<StoryLine> story) {
        TaskCounts counts = stream.counts();
        StringBuilder text = new StringBuilder("# ")
                .append(stream.key())
                .append(' ')
                .append(stream.name())
                .append("\n\n")
                .append(stream.status().title())
                .append(stream.owner().map(owner -> ", owned by @" + owner).orElse(""))
                .append(stream.targetDate().map(date -> ", due " + date).orElse(""))
                .append(". ")
                .append(counts.done() + " of " + counts.total() + " tasks done (" + counts.progressPercent() + " %), "
                        + counts.inProgress() + " in progress, " + counts.inReview() + " in review, "
                        + (counts.planned() + counts.backlog()) + " to come.");
        if (!stream.goal().isBlank()) {
            text.append("\n\n").append(stream.goal());
        }
        stream.summary().ifPresent(summary -> text.append("\n\n## Outcome\n\n").append(summary));
        section(
                text,
                "Latest tasks",
                stream.recent().stream().map(SummaryTool::line).collect(Collectors.joining()));
        section(text, "Latest events", story.stream().map(StoryLine::line).collect(Collectors.joining()));
        return text.toString();
    }

    private static void section(StringBuilder text, String title, String lines) {
        if (!lines.isEmpty()) {
            text.append("\n\n## ").append(title).append('\n').append(lines);
        }
    }

    private static String line(ItemRef task) {
        return "\n- " + task.key() + " " + task.title() + " (" + task.status() + ")";
    }
}
