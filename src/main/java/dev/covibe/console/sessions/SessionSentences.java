package dev.covibe.console.sessions;

import dev.covibe.agents.SessionView;
import dev.covibe.agents.usage.UsageAccounts;
import dev.covibe.agents.usage.UsageSource;
import dev.covibe.console.frame.When;
import java.time.Instant;
import java.util.List;

/** What is said of a session in words. */
final class SessionSentences {

    private SessionSentences() {}

    static String state(SessionView session, Instant now) {
        String seen = When.of(session.lastSeenAt(), now).ago();
        return switch (session.state()) {
            case ACTIVE -> "At work, last seen " + (seen.equals("now") ? "just now" : seen) + ".";
            case IDLE -> "Quiet: last seen " + seen + ".";
            case STALE ->
                "Last seen " + seen + ", so nobody should count on it. A day after its last sign it is ended.";
            case ENDED -> ended(session, now);
        };
    }

    private static String ended(SessionView session, Instant now) {
        String by = session.endedBy().orElse("");
        if (by.equals("sweeper")) {
            return "It died without a word: its last sign was on "
                    + When.of(session.lastSeenAt(), now).exact() + ". A day later it was ended as abandoned.";
        }
        String who = by.equals("companion") ? "the companion" : "the agent";
        return SessionLine.word(session) + ", ended by " + who + " "
                + session.endedAt().map(end -> When.of(end, now).ago()).orElse("") + ".";
    }

    static String tone(SessionView session) {
        return switch (session.state()) {
            case ACTIVE -> "active";
            case IDLE, STALE -> "warn";
            case ENDED ->
                switch (session.outcome().orElseThrow()) {
                    case DONE -> "ok";
                    case PARTIAL, ABANDONED -> "";
                    case FAILED -> "bad";
                };
        };
    }

    static String source(UsageSource source) {
        return switch (source) {
            case MCP -> "The agent’s own word";
            case HOOK -> "The companion";
            case OTLP_METRIC -> "OpenTelemetry metrics";
            case OTLP_EVENT -> "OpenTelemetry events";
        };
    }

    static String coverage(List<UsageAccounts.OfSource> sources) {
        List<String> names = sources.stream()
                .filter(UsageAccounts.OfSource::counts)
                .map(counted -> source(counted.source()))
                .toList();
        if (names.isEmpty()) {
            return "Nothing was reported of what this session used.";
        }
        String told = "Counted from: " + names.getFirst() + ".";
        return sources.size() == 1
                ? told
                : told + " " + (sources.size() == 2 ? "One other source" : (sources.size() - 1) + " other sources")
                        + " saw the same calls; they are not counted again.";
    }
}
