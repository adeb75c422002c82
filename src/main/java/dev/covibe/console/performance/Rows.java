package dev.covibe.console.performance;

import dev.covibe.agents.SessionView;
import dev.covibe.agents.usage.SessionTools;
import dev.covibe.agents.usage.SessionUsage;
import dev.covibe.agents.usage.UsageQueries;
import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.console.charts.Spans;
import dev.covibe.console.frame.Money;
import dev.covibe.console.frame.Numbers;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;
import dev.covibe.console.sessions.SessionLine;
import dev.covibe.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Rows of sessions with score, duration and tools, for as many as a page shows. */
@ApplicationScoped
class Rows {

    private static final int TOOLS = 3;

    private final UsageQueries usage;
    private final SessionUsage closely;
    private final SessionTools tools;

    Rows(UsageQueries usage, SessionUsage closely, SessionTools tools) {
        this.usage = usage;
        this.closely = closely;
        this.tools = tools;
    }

    /**
     * @param tools the most used with their counts
     * @param failed how many of their calls failed; empty if none
     */
    public record Session(
            String id,
            Who who,
            String agent,
            String state,
            String word,
            String task,
            String score,
            String duration,
            String tools,
            String failed,
            String tokens,
            String cost,
            When seen) {}

    List<Session> of(Caller caller, List<SessionView> sessions, People people, Instant now) {
        List<UUID> ids = sessions.stream().map(SessionView::id).toList();
        Map<UUID, UsageTotals> used = usage.ofSessions(caller, ids);
        Map<UUID, Integer> scores = closely.scores(caller, ids);
        Map<UUID, List<SessionTools.Tool>> toolsOf = tools.of(caller, ids);
        return sessions.stream()
                .map(session -> {
                    UsageTotals totals = used.getOrDefault(session.id(), UsageTotals.NONE);
                    List<SessionTools.Tool> own = toolsOf.getOrDefault(session.id(), List.of());
                    long failed =
                            own.stream().mapToLong(SessionTools.Tool::errors).sum();
                    return new Session(
                            session.id().toString(),
                            people.who(
                                    session.developer(),
                                    Optional.of(session.agent().key())),
                            session.agentName(),
                            session.state().key(),
                            SessionLine.word(session),
                            session.task().map(task -> task.key()).orElse(""),
                            scores.containsKey(session.id()) ? String.valueOf(scores.get(session.id())) : "–",
                            Spans.words(Duration.between(
                                            session.startedAt(),
                                            session.endedAt().orElse(session.lastSeenAt()))
                                    .toMillis()),
                            words(own),
                            failed == 0 ? "" : Numbers.grouped(failed) + " failed",
                            Numbers.tokens(totals.tokens()),
                            Money.of(totals.costNanos()),
                            When.of(session.lastSeenAt(), now));
                })
                .toList();
    }

    private static String words(List<SessionTools.Tool> tools) {
        String most = tools.stream()
                .limit(TOOLS)
                .map(tool -> tool.name() + " " + Numbers.grouped(tool.calls()))
                .collect(Collectors.joining(", "));
        return tools.size() > TOOLS ? most + " and " + (tools.size() - TOOLS) + " more" : most;
    }
}
