package dev.covibe.agents.telemetry;

import dev.covibe.agents.usage.Batch;
import dev.covibe.agents.usage.SpanItem;
import dev.covibe.agents.usage.SpanItem.Operation;
import dev.covibe.agents.usage.SpanItem.Status;
import dev.covibe.agents.usage.Spelling;
import dev.covibe.identity.AgentType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What one request of spans says. Spans tell how time went; their tokens are counted from events and metrics. */
final class TracesReport {

    private static final long LONGEST_MILLIS = Duration.ofDays(30).toMillis();

    private final Optional<AgentType> typed;
    private final Batch batch = new Batch();

    TracesReport(Optional<AgentType> typed) {
        this.typed = typed;
    }

    void add(Signal.Step step) {
        int index = batch.next();
        String fault = fault(step);
        if (!fault.isEmpty()) {
            batch.refuse(index, "usage.invalid", "A span " + fault);
            return;
        }
        Attributes attributes = step.attributes();
        AgentType agent =
                Vendor.of(step.name(), "", attributes).map(Vendor::agent).orElse(AgentType.OTHER);
        Instant start = step.start().orElseThrow();
        boolean failed = step.failed()
                || attributes.text("success").map("false"::equalsIgnoreCase).orElse(false);
        batch.add(new SpanItem(
                index,
                step.traceId(),
                step.spanId(),
                step.parentSpanId(),
                Telemetry.sitting(agent, typed, attributes),
                start,
                Math.min(Duration.between(start, step.end().orElseThrow()).toMillis(), LONGEST_MILLIS),
                operation(step),
                attributes
                        .first("tool_name", "gen_ai.tool.name", "function_name")
                        .flatMap(Spelling::tool),
                attributes.first("gen_ai.provider.name", "gen_ai.system").flatMap(Spelling::provider),
                attributes
                        .first("gen_ai.response.model", "gen_ai.request.model", "model")
                        .flatMap(Spelling::model),
                failed ? Status.ERROR : Status.OK,
                failed ? Optional.of(Vendor.errorClass(attributes)) : Optional.empty()));
    }

    private static String fault(Signal.Step step) {
        if (step.traceId().isEmpty() || step.spanId().isEmpty()) {
            return "has no trace or span id";
        }
        if (step.start().isEmpty() || step.end().isEmpty()) {
            return "has no start or no end";
        }
        return step.end().get().isBefore(step.start().get()) ? "ends before it starts" : "";
    }

    private static Operation operation(Signal.Step step) {
        String kind = step.attributes()
                .text("span.type")
                .or(() -> step.attributes().text("gen_ai.operation.name"))
                .orElseGet(() -> step.name().substring(step.name().lastIndexOf('.') + 1));
        return switch (kind) {
            case "interaction", "turn" -> Operation.TURN;
            case "llm_request", "chat", "text_completion", "generate_content" -> Operation.CHAT;
            case "tool", "execute_tool", "tool_call" -> Operation.TOOL;
            case "invoke_agent", "create_agent", "agent", "subagent" -> Operation.AGENT;
            default -> Operation.OTHER;
        };
    }

    Batch batch() {
        return batch;
    }
}
