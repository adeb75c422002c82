package dev.covibe.agents.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.covibe.agents.prices.Dollars;
import java.math.BigInteger;

/** Says in one sentence what an alert found, from its figures alone. */
final class Sentences {

    private Sentences() {}

    static String of(AlertKind kind, JsonNode figures) {
        return switch (kind) {
            case FAILING_AGENT -> failing(figures);
            case IDLE_SESSION ->
                agent(figures) + " gives no sign while " + figures.path("task").asText() + " is in progress.";
            case STALE_SESSION ->
                agent(figures) + " has given no sign for more than half an hour"
                        + (figures.has("task") ? ", on " + figures.path("task").asText() : "") + ".";
            case SPEND_SPIKE ->
                (figures.has("developer") ? "@" + figures.path("developer").asText() + "’s agents" : "The workspace")
                        + " spent " + dollars(figures.path("cost_nanos")) + " on "
                        + figures.path("day").asText() + "; the usual day is "
                        + dollars(figures.path("median_nanos")) + ".";
        };
    }

    private static String failing(JsonNode figures) {
        long calls = figures.path("calls").asLong();
        long failed = figures.path("failed").asLong();
        boolean byCalls = calls >= AlertRules.FEWEST_CALLS && failed >= AlertRules.FAILED_CALLS * calls;
        return byCalls
                ? agent(figures) + " failed in " + failed + " of " + calls + " calls since yesterday."
                : agent(figures) + " ended " + figures.path("bad").asLong() + " of "
                        + figures.path("ended").asLong() + " sessions badly since yesterday.";
    }

    private static String agent(JsonNode figures) {
        return "@" + figures.path("developer").asText() + " / "
                + figures.path("agent").asText();
    }

    private static String dollars(JsonNode nanos) {
        return Dollars.text(new BigInteger(nanos.asText("0")));
    }
}
