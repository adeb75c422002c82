package dev.covibe.mcp;

import static dev.covibe.mcp.Argument.choice;
import static dev.covibe.mcp.Argument.text;

import dev.covibe.coordination.summary.Summaries;
import dev.covibe.coordination.summary.WeekSummary;
import dev.covibe.journal.Journal;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.work.ItemRef;
import dev.covibe.work.TaskCounts;
import dev.covibe.work.WorkstreamQueries;
import dev.covibe.work.WorkstreamView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code summary}: what the week brought, and where a workstream, a person or everybody stands. */
@ApplicationScoped
class SummaryTool implements McpTool {

    private static final int MOST_OF_THE_STORY = 10;
    private static final String WORKSTREAM = "workstream";

    private final WorkstreamQueries workstreams;
    private final Journal journal;
    private final Summaries summaries;
    private final Standing standing;
    private final Answers answers;

    SummaryTool(
            WorkstreamQueries workstreams, Journal journal, Summaries summaries, Standing standing, Answers answers) {
        this.workstreams = workstreams;
        this.journal = journal;
        this.summaries = summaries;
        this.standing = standing;
        this.answers = answers;
    }

    @Override
    public ToolShape shape() {
        return new ToolShape(
                "summary",
                "What happened, and how things stand.",
                ToolShape.Effect.READS,
                List.of(
                        choice("of", "Of what", "week", WORKSTREAM, "developer", "workspace")
                                .wanted(),
                        text("id", "WS-3, @lin, or a day of the week")),
                List.of("markdown", "figures"));
    }

    @Override
    public Answer call(ToolCall call) {
        Optional<String> id = call.arguments().text("id");
        return switch (call.arguments().wanted("of")) {
            case WORKSTREAM -> workstream(call);
            case "week" -> week(call, id);
            case "developer" -> standing(standing.developer(call.caller(), id));
            default -> standing(standing.workspace(call.caller()));
        };
    }

    private Answer week(ToolCall call, Optional<String> day) {
        WeekSummary week = summaries.week(call.caller(), day.map(SummaryTool::day));
        return answers.of(Map.of("markdown", week.markdown(), "figures", week.figures()), week.markdown());
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeParseException unreadable) {
            throw Refusal.invalidField("id", "A day of the week is written 2026-11-16.");
        }
    }

    private Answer standing(Standing.Told told) {
        return answers.of(Map.of("markdown", told.markdown(), "figures", told.figures()), told.markdown());
    }

    private Answer workstream(ToolCall call) {
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
