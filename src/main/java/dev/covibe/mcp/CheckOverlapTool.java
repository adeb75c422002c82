package dev.covibe.mcp;

import static dev.covibe.mcp.Argument.text;
import static dev.covibe.mcp.Argument.texts;

import dev.covibe.agents.CurrentSession;
import dev.covibe.overlap.OverlapReport;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.work.Planning;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code check_overlap}: the check that {@code plan} makes, creating nothing. */
@ApplicationScoped
class CheckOverlapTool implements McpTool {

    private final Planning planning;
    private final Answers answers;

    CheckOverlapTool(Planning planning, Answers answers) {
        this.planning = planning;
        this.answers = answers;
    }

    @Override
    public ToolShape shape() {
        return new ToolShape(
                "check_overlap",
                "Who is on this already? Creates nothing.",
                ToolShape.Effect.READS,
                List.of(
                        text("title", "One line"),
                        text("description", "Markdown"),
                        texts("paths", "Globs"),
                        text("repository", "Git remote URL"),
                        text("branch", "Git branch"),
                        texts("references", "Issue URLs, #123")),
                List.of("escalates:boolean", "candidates:array"));
    }

    @Override
    public Answer call(ToolCall call) {
        Arguments arguments = call.arguments();
        boolean says = arguments.text("title").isPresent()
                || arguments.text("description").isPresent()
                || arguments.text("branch").isPresent()
                || !arguments.texts("paths").isEmpty()
                || !arguments.texts("references").isEmpty();
        if (!says) {
            throw Refusal.invalidField("title", "Give a title, description, paths, branch or references to check.");
        }
        OverlapReport report = planning.check(
                call.caller(),
                PlanTool.task(arguments, arguments.text("repository").or(() -> call.session()
                        .flatMap(CurrentSession::repository))));
        List<CandidateLine> candidates =
                report.candidates().stream().map(CandidateLine::of).toList();
        return answers.of(
                Map.of("escalates", report.escalates(), "candidates", candidates),
                words(report.escalates(), candidates));
    }

    private static String words(boolean escalates, List<CandidateLine> candidates) {
        if (candidates.isEmpty()) {
            return "Nothing looks like this. Plan it.";
        }
        return (escalates ? "This looks like work that is there already:" : "Related, but plan would let it pass:")
                + candidates.stream().map(CandidateLine::line).collect(Collectors.joining());
    }
}
