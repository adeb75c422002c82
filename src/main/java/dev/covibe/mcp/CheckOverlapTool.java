package dev.covibe.mcp;

import static dev.covibe.mcp.Argument.choice;
import static dev.covibe.mcp.Argument.text;
import static dev.covibe.mcp.Argument.texts;

import dev.covibe.agents.CurrentSession;
import dev.covibe.overlap.AuditReport;
import dev.covibe.overlap.Audits;
import dev.covibe.overlap.OverlapReport;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.work.Planning;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code check_overlap}: the check that {@code plan} makes, planning nothing; or the audit of all work. */
@ApplicationScoped
class CheckOverlapTool implements McpTool {

    private static final String WORKSPACE = "workspace";
    private static final int MOST_CONFLICTS = 20;

    private final Planning planning;
    private final Audits audits;
    private final Answers answers;

    CheckOverlapTool(Planning planning, Audits audits, Answers answers) {
        this.planning = planning;
        this.audits = audits;
        this.answers = answers;
    }

    @Override
    public ToolShape shape() {
        return new ToolShape(
                "check_overlap",
                "Who is on this already? Plans nothing.",
                // An audit is kept as an event, so it would not be the truth that nothing is written.
                ToolShape.Effect.ADDS,
                List.of(
                        text("title", "One line"),
                        text("description", "Markdown"),
                        texts("paths", "Globs"),
                        text("repository", "Git remote URL"),
                        text("branch", "Git branch"),
                        texts("references", "Issue URLs, #123"),
                        choice("scope", "workspace: audit all work", "text", WORKSPACE)),
                List.of("escalates", "candidates", "conflicts"));
    }

    @Override
    public Answer call(ToolCall call) {
        Arguments arguments = call.arguments();
        if (arguments.text("scope").orElse("text").equals(WORKSPACE)) {
            return answer(audits.run(call.caller()));
        }
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

    private Answer answer(AuditReport report) {
        List<ConflictLine> conflicts = report.conflicts().stream()
                .limit(MOST_CONFLICTS)
                .map(ConflictLine::of)
                .toList();
        Map<String, Object> structured = Map.of(
                "escalates",
                report.total() > 0,
                "candidates",
                List.of(),
                "conflicts",
                conflicts,
                "total",
                report.total(),
                "swept",
                report.swept());
        String found = report.total() == 0
                ? "Nothing in " + report.swept() + " open pieces of work looks alike."
                : report.total() + " pairs look alike among " + report.swept() + " open pieces of work"
                        + (report.total() > conflicts.size() ? ", the best " + conflicts.size() + " shown" : "") + ":"
                        + conflicts.stream().map(ConflictLine::line).collect(Collectors.joining());
        return answers.of(structured, found);
    }

    private static String words(boolean escalates, List<CandidateLine> candidates) {
        if (candidates.isEmpty()) {
            return "Nothing looks like this. Plan it.";
        }
        return (escalates ? "This looks like work that is there already:" : "Related, but plan would let it pass:")
                + candidates.stream().map(CandidateLine::line).collect(Collectors.joining());
    }
}
