package dev.covibe.console.settings;

import dev.covibe.agents.alerts.AlertView;
import dev.covibe.console.frame.When;
import java.time.Instant;

/**
 * An alert in a list.
 *
 * @param tone "bad" or "warn" while it wants somebody, else empty
 * @param address of the page about its cause, empty if there is none
 * @param raised since when
 * @param note who looks after it or wanted quiet, or when its cause went; empty if nobody
 */
public record AlertLine(
        String id,
        String kind,
        String tone,
        String sentence,
        String address,
        When raised,
        String note,
        boolean open,
        boolean acknowledged,
        boolean snoozed) {

    public static AlertLine of(AlertView alert, Instant now) {
        boolean snoozed =
                alert.snoozedUntil().filter(until -> until.isAfter(now)).isPresent();
        return new AlertLine(
                alert.id().toString(),
                alert.kind().title(),
                tone(alert),
                alert.sentence(),
                address(alert),
                When.of(alert.raisedAt(), now),
                note(alert, snoozed, now),
                alert.closedAt().isEmpty(),
                alert.acknowledgedAt().isPresent(),
                snoozed);
    }

    private static String tone(AlertView alert) {
        if (!alert.wanting()) {
            return "";
        }
        return switch (alert.kind()) {
            case FAILING_AGENT, SPEND_SPIKE -> "bad";
            case IDLE_SESSION, STALE_SESSION -> "warn";
        };
    }

    private static String address(AlertView alert) {
        return switch (alert.kind()) {
            case FAILING_AGENT -> "/settings/agents#agent-" + alert.subject();
            case IDLE_SESSION, STALE_SESSION -> "/workstreams/sessions/" + alert.subject();
            case SPEND_SPIKE -> "";
        };
    }

    private static String note(AlertView alert, boolean snoozed, Instant now) {
        if (alert.closedAt().isPresent()) {
            return "Gone " + When.of(alert.closedAt().get(), now).ago();
        }
        if (snoozed) {
            return "@" + alert.snoozedBy().orElseThrow() + " snoozed it until "
                    + When.of(alert.snoozedUntil().orElseThrow(), now).exact();
        }
        return alert.acknowledgedBy()
                .map(handle -> "@" + handle + " looks after it")
                .orElse("");
    }
}
