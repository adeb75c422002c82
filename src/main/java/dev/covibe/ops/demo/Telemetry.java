package dev.covibe.ops.demo;

import dev.covibe.agents.prices.Cost;
import dev.covibe.agents.prices.PriceBook;
import dev.covibe.agents.prices.TokenCounts;
import dev.covibe.tenancy.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What the sittings used and how long their steps took, at the prices of the price book. */
final class Telemetry {

    private static final List<String> TOOLS =
            List.of("Read", "Edit", "Bash", "Grep", "Write", "Glob", "WebFetch", "mcp:covibe:log", "TodoWrite");
    private static final List<String> TROUBLES = List.of("exit-code", "timeout", "not-found", "permission");

    private final Place place;
    private final Weeks weeks;
    private final Chance chance;
    private final PriceBook book;
    private final double traced;
    private final Copies.Rows usage;
    private final Copies.Rows spans;
    private boolean traces;

    /** @param traced the share of sittings whose steps are recorded */
    Telemetry(Place place, Weeks weeks, Chance chance, PriceBook book, double traced, Copies copies) {
        this.place = place;
        this.weeks = weeks;
        this.chance = chance;
        this.book = book;
        this.traced = traced;
        this.usage = copies.into(
                "usage_events",
                "at, workspace_id, id, source, developer_id, session_id, task_id, agent_type, provider, model, calls, failed,"
                        + " input_tokens, output_tokens, cache_read_tokens, cache_write_tokens, reasoning_tokens,"
                        + " cost_nanos, cost_source, price_id, latency_ms, error_class");
        this.spans = copies.into(
                "spans",
                "at, workspace_id, id, trace_id, span_id, parent_span_id, developer_id, session_id, task_id, agent_type,"
                        + " operation, tool, provider, model, status, error_class, duration_ms");
    }

    void of(Sitting sitting) {
        boolean failing = sitting.outcome().filter("failed"::equals).isPresent();
        traces = traced == 1 || chance.happens(traced);
        String source = source(sitting);
        boolean heavy = sitting.job().isEmpty() && sitting.model().equals("claude-opus-5-5");
        int calls = heavy ? chance.between(14, 22) : chance.between(5, 13);
        for (int turn = 0; turn * 3 < calls; turn++) {
            String trace = chance.hex(32);
            String root = chance.hex(16);
            Instant begins = sitting.within(turn * 3.0 / calls);
            int took = 0;
            for (int call = turn * 3; call < Math.min(calls, turn * 3 + 3); call++) {
                boolean failed = chance.happens(failing ? 0.42 : 0.015);
                Instant at = begins.plusMillis(took);
                int latency = chance.between(1_400, 19_000);
                call(sitting, at, source, failed, latency, heavy);
                span(sitting, at, trace, Optional.of(root), "chat", Optional.empty(), failed, latency);
                took += latency;
                for (int tool = 0; tool < 1 + chance.between(0, 3); tool++) {
                    boolean error = chance.happens(failing ? 0.3 : 0.04);
                    int duration = chance.happens(0.1) ? chance.between(5_000, 64_000) : chance.between(12, 2_400);
                    span(
                            sitting,
                            begins.plusMillis(took),
                            trace,
                            Optional.of(root),
                            "tool",
                            Optional.of(chance.favourite(TOOLS)),
                            error,
                            duration);
                    took += duration;
                }
            }
            span(sitting, begins, trace, Optional.empty(), "turn", Optional.empty(), false, took, root);
        }
    }

    /** From where it is known: telemetry, the companion, or, for Cursor, the agent's own word. */
    private static String source(Sitting sitting) {
        return switch (sitting.agent().type()) {
            case "cursor" -> "mcp";
            case "gemini-cli" -> "hook";
            default -> "otlp-event";
        };
    }

    private void call(Sitting sitting, Instant at, String source, boolean failed, int latency, boolean heavy) {
        TokenCounts counts = failed ? new TokenCounts(chance.between(500, 4000), 0, 0, 0, 0) : counts(heavy ? 4 : 1);
        Optional<Cost> cost = book.cost(place, Optional.of(provider(sitting)), sitting.model(), at, counts);
        usage.add(
                at,
                place.workspaceId(),
                chance.id(at),
                source,
                sitting.person().id(),
                sitting.id(),
                sitting.job().map(job -> job.id),
                sitting.agent().type(),
                provider(sitting),
                sitting.model(),
                1,
                failed ? 1 : 0,
                counts.input(),
                counts.output(),
                counts.cacheRead(),
                counts.cacheWrite(),
                counts.reasoning(),
                cost.map(Cost::nanos),
                cost.map(_ -> source.equals("mcp") ? "estimated" : "computed"),
                cost.map(Cost::price),
                latency,
                failed ? Optional.of("overloaded") : Optional.empty());
    }

    private static String provider(Sitting sitting) {
        return sitting.model().startsWith("qwen") ? "local" : sitting.agent().provider();
    }

    private TokenCounts counts(int times) {
        int output = chance.between(280, 3_600) * times;
        return new TokenCounts(
                chance.between(400, 9_000) * times,
                output,
                chance.between(12_000, 150_000) * times,
                chance.between(900, 14_000) * times,
                output / 3);
    }

    private void span(
            Sitting sitting,
            Instant at,
            String trace,
            Optional<String> parent,
            String operation,
            Optional<String> tool,
            boolean error,
            int duration) {
        span(sitting, at, trace, parent, operation, tool, error, duration, chance.hex(16));
    }

    private void span(
            Sitting sitting,
            Instant at,
            String trace,
            Optional<String> parent,
            String operation,
            Optional<String> tool,
            boolean error,
            int duration,
            String id) {
        if (!traces || weeks.isOver(at)) {
            return;
        }
        boolean chat = operation.equals("chat");
        UUID key = chance.id(at);
        spans.add(
                at,
                place.workspaceId(),
                key,
                trace,
                id,
                parent,
                sitting.person().id(),
                sitting.id(),
                sitting.job().map(job -> job.id),
                sitting.agent().type(),
                operation,
                tool,
                chat ? Optional.of(provider(sitting)) : Optional.empty(),
                chat ? Optional.of(sitting.model()) : Optional.empty(),
                error ? "error" : "ok",
                error ? Optional.of(chat ? "overloaded" : chance.favourite(TROUBLES)) : Optional.empty(),
                duration);
    }
}
