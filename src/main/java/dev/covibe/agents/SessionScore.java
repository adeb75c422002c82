package dev.covibe.agents;

import dev.covibe.agents.usage.UsageTotals;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;

/**
 * How well an ended session went, 0 to 100 (AGT-1). A sum of parts, each of which is shown; docs/agents.md says why.
 */
@RegisterForReflection
public record SessionScore(int points, List<Part> parts) {

    private static final int RELIABILITY = 30;
    private static final int FAREWELL = 20;
    private static final int TASK = 10;

    /** @param most what this part could give */
    @RegisterForReflection
    public record Part(String name, int points, int most) {}

    /** Empty while the session goes on. */
    public static Optional<SessionScore> of(SessionView session, UsageTotals used) {
        return session.outcome().map(outcome -> {
            List<Part> parts = List.of(
                    new Part("Outcome", outcome(outcome), 40),
                    new Part("Calls without error", reliability(used), RELIABILITY),
                    new Part("Said goodbye and why", farewell(session), FAREWELL),
                    new Part("Worked on a task", session.task().isPresent() ? TASK : 0, TASK));
            return new SessionScore(parts.stream().mapToInt(Part::points).sum(), parts);
        });
    }

    private static int outcome(SessionOutcome outcome) {
        return switch (outcome) {
            case DONE -> 40;
            case PARTIAL -> 25;
            case FAILED -> 10;
            case ABANDONED -> 0;
        };
    }

    /** What is not told counts as done without error: nobody is marked down for silence here. */
    private static int reliability(UsageTotals used) {
        return used.calls() <= 0
                ? RELIABILITY
                : (int) Math.round(RELIABILITY * (1 - Math.min(1, (double) used.failed() / used.calls())));
    }

    private static int farewell(SessionView session) {
        if (session.endedBy().filter("sweeper"::equals).isPresent()) {
            return 0;
        }
        return session.summary().filter(words -> !words.isBlank()).isPresent() ? FAREWELL : FAREWELL / 2;
    }
}
