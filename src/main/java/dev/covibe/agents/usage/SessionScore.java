package dev.covibe.agents.usage;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;

/**
 * How well a session went, from 0 to 100, and out of which parts (AGT-1). The formula is written down in docs/usage.md;
 * it judges the session and its reports, never the person.
 */
@RegisterForReflection
public record SessionScore(int points, List<Part> parts) {

    private static final int OUTCOME = 40;
    private static final int RELIABILITY = 25;
    private static final int ATTRIBUTION = 20;
    private static final int REPORTING = 15;

    /**
     * @param most the points that this part can give
     * @param why one sentence for people
     */
    @RegisterForReflection
    public record Part(String name, int points, int most, String why) {}

    /**
     * @param source from where its usage counts; empty when nothing was reported
     * @param tokens input and output
     * @param attributed those of them that belong to a task
     */
    record Facts(
            Optional<String> outcome,
            boolean onTask,
            Optional<UsageSource> source,
            long calls,
            long failed,
            long tokens,
            long attributed) {}

    static SessionScore of(Facts facts) {
        List<Part> parts = List.of(outcome(facts), reliability(facts), attribution(facts), reporting(facts));
        return new SessionScore(parts.stream().mapToInt(Part::points).sum(), parts);
    }

    private static Part outcome(Facts facts) {
        String outcome = facts.outcome().orElse("open");
        int points =
                switch (outcome) {
                    case "done" -> OUTCOME;
                    case "partial" -> 25;
                    case "open" -> 20;
                    case "failed" -> 5;
                    default -> 0;
                };
        return new Part("outcome", points, OUTCOME, "It is " + outcome + ".");
    }

    private static Part reliability(Facts facts) {
        if (facts.calls() == 0) {
            return new Part("reliability", RELIABILITY, RELIABILITY, "No single calls were reported.");
        }
        return new Part(
                "reliability",
                share(RELIABILITY, facts.calls() - facts.failed(), facts.calls()),
                RELIABILITY,
                facts.failed() + " of " + facts.calls() + " calls failed.");
    }

    private static Part attribution(Facts facts) {
        if (facts.tokens() == 0) {
            return new Part(
                    "attribution",
                    facts.onTask() ? ATTRIBUTION : 0,
                    ATTRIBUTION,
                    facts.onTask() ? "It works on a task." : "It works on no task.");
        }
        int points = share(ATTRIBUTION, facts.attributed(), facts.tokens());
        return new Part(
                "attribution",
                points,
                ATTRIBUTION,
                share(100, facts.attributed(), facts.tokens()) + " % of its tokens belong to a task.");
    }

    private static Part reporting(Facts facts) {
        if (facts.source().isEmpty()) {
            return new Part("reporting", 0, REPORTING, "Nobody reported what it used.");
        }
        return switch (facts.source().get()) {
            case OTLP_EVENT -> new Part("reporting", REPORTING, REPORTING, "Telemetry reports each call.");
            case OTLP_METRIC -> new Part("reporting", 12, REPORTING, "Telemetry reports sums.");
            case HOOK -> new Part("reporting", 12, REPORTING, "The companion reports it.");
            case MCP -> new Part("reporting", 5, REPORTING, "Only the agent itself says what it used.");
        };
    }

    private static int share(int most, long part, long whole) {
        return (int) Math.round((double) most * Math.max(0, part) / whole);
    }
}
