package dev.covibe.mcp;

import static dev.covibe.mcp.Argument.texts;

import dev.covibe.coordination.claims.Claims;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code release}: gives claims back. */
@ApplicationScoped
class ReleaseTool implements McpTool {

    private final Claims claims;
    private final Answers answers;

    ReleaseTool(Claims claims, Answers answers) {
        this.claims = claims;
        this.answers = answers;
    }

    @Override
    public ToolShape shape() {
        return new ToolShape(
                "release",
                "Release claims.",
                ToolShape.Effect.SETTLES,
                List.of(texts("claims", "Ids; default all yours")),
                List.of("claims"));
    }

    @Override
    public Answer call(ToolCall call) {
        List<UUID> ids = call.arguments().ids("claims");
        List<ClaimLine> released =
                ClaimLine.of(ids.isEmpty() ? claims.releaseAll(call.caller()) : claims.release(call.caller(), ids));
        return answers.of(
                Map.of("claims", released),
                released.isEmpty() ? "Nothing was held." : "Released " + ClaimLine.targets(released) + ".");
    }
}
