package dev.covibe.mcp;

import static dev.covibe.mcp.Argument.choice;
import static dev.covibe.mcp.Argument.number;
import static dev.covibe.mcp.Argument.text;
import static dev.covibe.mcp.Argument.texts;

import dev.covibe.agents.CurrentSession;
import dev.covibe.coordination.claims.ClaimMode;
import dev.covibe.coordination.claims.ClaimRequest;
import dev.covibe.coordination.claims.Claims;
import dev.covibe.work.WorkQueries;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code claim}: holds paths or a task for a while, so that nobody else edits there. */
@ApplicationScoped
class ClaimTool implements McpTool {

    private final Claims claims;
    private final WorkQueries work;
    private final Answers answers;

    ClaimTool(Claims claims, WorkQueries work, Answers answers) {
        this.claims = claims;
        this.work = work;
        this.answers = answers;
    }

    @Override
    public ToolShape shape() {
        return new ToolShape(
                "claim",
                "Claim paths before you edit, or renew.",
                ToolShape.Effect.ADDS,
                List.of(
                        texts("paths", "Globs; none: the task"),
                        text("repository", "Default: session's"),
                        text("task", "Default: session's"),
                        choice("mode", "Default exclusive", "exclusive", "shared"),
                        number("minutes", "Default 120"),
                        text("reason", "Why"),
                        text("override", "Why, though held")),
                List.of("claims"));
    }

    @Override
    public Answer call(ToolCall call) {
        Arguments arguments = call.arguments();
        Claims.Granted granted = claims.claim(
                call.caller(),
                new ClaimRequest(
                        arguments.text("repository").or(() -> call.session().flatMap(CurrentSession::repository)),
                        arguments.texts("paths"),
                        arguments.text("task").or(() -> openTaskInHand(call)),
                        arguments.text("mode").map(ClaimMode::of).orElse(ClaimMode.EXCLUSIVE),
                        arguments.number("minutes"),
                        arguments.text("reason"),
                        arguments.text("override")));
        List<ClaimLine> held = ClaimLine.of(granted.claims());
        List<ClaimLine> overridden = ClaimLine.of(granted.overridden());
        Map<String, Object> structured = new LinkedHashMap<>();
        structured.put("claims", held);
        structured.put("overridden", overridden.isEmpty() ? Optional.empty() : overridden);
        return answers.of(structured, words(held, overridden));
    }

    /** What the session works on, unless that is over: a claim for finished work would be refused. */
    private Optional<String> openTaskInHand(ToolCall call) {
        return call.session()
                .flatMap(CurrentSession::task)
                .filter(key -> work.task(call.caller(), key).status().isOpen());
    }

    private static String words(List<ClaimLine> held, List<ClaimLine> overridden) {
        return "You hold " + ClaimLine.targets(held) + " until "
                + held.getFirst().until() + "; your calls renew it."
                + (overridden.isEmpty() ? "" : "\nOverridden, and the holders are told:" + ClaimLine.lines(overridden));
    }
}
