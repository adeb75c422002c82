package dev.covibe.mcp;

import static dev.covibe.mcp.Argument.number;
import static dev.covibe.mcp.Argument.text;

import dev.covibe.agents.usage.OwnReport;
import dev.covibe.agents.usage.OwnReport.Reported;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** {@code report_usage}: what an agent says it used, for agents that send no telemetry. */
@ApplicationScoped
class ReportUsageTool implements McpTool {

    private final OwnReport report;
    private final Answers answers;

    ReportUsageTool(OwnReport report, Answers answers) {
        this.report = report;
        this.answers = answers;
    }

    @Override
    public ToolShape shape() {
        return new ToolShape(
                "report_usage",
                "Tokens since your last report.",
                ToolShape.Effect.ADDS,
                List.of(
                        text("model", "Model").wanted(),
                        number("input", "Uncached").wanted(),
                        number("output", "Output").wanted(),
                        number("cache_read", "Read"),
                        number("cache_write", "Written")),
                List.of("counted"));
    }

    @Override
    public Answer call(ToolCall call) {
        Arguments arguments = call.arguments();
        Reported reported = report.enter(
                call.caller(),
                arguments.wanted("model"),
                arguments.number("input").orElse(0),
                arguments.number("output").orElse(0),
                arguments.number("cache_read").orElse(0),
                arguments.number("cache_write").orElse(0));
        return answers.of(
                Map.of("counted", reported.counted()),
                reported.counted()
                        ? "Counted as an estimate."
                        : "Kept, but not counted: telemetry already reports this session.");
    }
}
