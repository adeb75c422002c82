package dev.covibe.console.charts;

import dev.covibe.agents.usage.SessionUsage;
import dev.covibe.console.frame.When;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Steps of a session or a trace against the time they took.
 *
 * @param whole how long from the first step to the end of the last, in words
 */
public record Waterfall(String whole, List<Bar> bars) {

    private static final int WIDTH = 1_000;
    private static final int NARROWEST = 4;
    private static final int DEEPEST = 4;

    /**
     * One step.
     *
     * @param depth 0 to 4: how many steps it lies in
     * @param x where it begins, of 1000
     * @param width how long it lasts, of 1000, never nothing
     */
    public record Bar(
            String id,
            String name,
            String kind,
            boolean failed,
            String error,
            int depth,
            int x,
            int width,
            String duration,
            String exact) {}

    /** @param spans in the order in which they began */
    public static Waterfall of(List<SessionUsage.Span> spans) {
        if (spans.isEmpty()) {
            return new Waterfall("", List.of());
        }
        long from = spans.getFirst().at().toEpochMilli();
        long to = spans.stream()
                .mapToLong(span -> span.at().toEpochMilli() + span.durationMillis())
                .max()
                .orElse(from);
        long whole = Math.max(1, to - from);
        Map<String, Optional<String>> parents = new HashMap<>();
        spans.forEach(span -> parents.put(span.spanId(), span.parentSpanId()));
        return new Waterfall(
                Spans.words(whole),
                spans.stream().map(span -> bar(span, from, whole, parents)).toList());
    }

    private static Bar bar(SessionUsage.Span span, long from, long whole, Map<String, Optional<String>> parents) {
        int x = (int) Math.min(WIDTH - NARROWEST, (span.at().toEpochMilli() - from) * WIDTH / whole);
        int width = (int) Math.max(NARROWEST, Math.min(WIDTH - x, span.durationMillis() * WIDTH / whole));
        return new Bar(
                span.spanId(),
                name(span),
                span.operation(),
                span.status().equals("error"),
                span.errorClass().orElse(""),
                depth(span.spanId(), parents),
                x,
                width,
                Spans.words(span.durationMillis()),
                When.of(span.at(), span.at()).exact());
    }

    private static String name(SessionUsage.Span span) {
        return switch (span.operation()) {
            case "tool" -> span.tool().orElse("Tool");
            case "chat" -> span.model().orElse("Model");
            case "turn" -> "Turn";
            case "agent" -> "Agent";
            default -> "Step";
        };
    }

    private static int depth(String id, Map<String, Optional<String>> parents) {
        Set<String> met = new HashSet<>();
        Optional<String> above = parents.get(id);
        while (above.isPresent() && parents.containsKey(above.get()) && met.add(above.get())) {
            above = parents.get(above.get());
        }
        return Math.min(DEEPEST, met.size());
    }
}
