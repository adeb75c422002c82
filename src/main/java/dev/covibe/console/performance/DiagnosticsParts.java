package dev.covibe.console.performance;

import dev.covibe.agents.SessionLists;
import dev.covibe.agents.SessionQueries;
import dev.covibe.agents.SessionState;
import dev.covibe.agents.SessionView;
import dev.covibe.agents.usage.SessionUsage;
import dev.covibe.console.charts.Unit;
import dev.covibe.console.charts.Waterfall;
import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.Money;
import dev.covibe.console.frame.Numbers;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.When;
import dev.covibe.console.settings.AlertLine;
import dev.covibe.identity.Caller;
import dev.covibe.insight.performance.Diagnosing;
import dev.covibe.insight.performance.Diagnostics;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Puts the page of what goes on now together. */
@ApplicationScoped
class DiagnosticsParts {

    private static final int LIVE = 12;
    private static final int STALE = 5;
    private static final int STEPS = 30;

    private final Diagnosing diagnosing;
    private final SessionQueries sessions;
    private final SessionLists lists;
    private final SessionUsage closely;
    private final Rows rows;
    private final DrillDown drillDown;
    private final Clock clock;

    DiagnosticsParts(
            Diagnosing diagnosing,
            SessionQueries sessions,
            SessionLists lists,
            SessionUsage closely,
            Rows rows,
            DrillDown drillDown,
            Clock clock) {
        this.diagnosing = diagnosing;
        this.sessions = sessions;
        this.lists = lists;
        this.closely = closely;
        this.rows = rows;
        this.drillDown = drillDown;
        this.clock = clock;
    }

    DiagnosticsView view(Caller caller, People people, DrillDown.Wanted wanted) {
        Instant now = clock.instant();
        Diagnostics found = diagnosing.now(caller);
        SessionLists.Filter silent = new SessionLists.Filter(
                Optional.of(SessionState.STALE),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        List<SessionView> stale =
                lists.page(caller, silent, Optional.empty(), STALE).items();
        List<SessionView> live = Stream.concat(sessions.open(caller, LIVE).stream(), stale.stream())
                .toList();
        return new DiagnosticsView(
                state(found),
                found.next(),
                monitor(found),
                rows.of(caller, live, people, now),
                found.waiting().staleSessions() > stale.size()
                        ? "All " + Numbers.grouped(found.waiting().staleSessions()) + " stale sessions"
                        : "",
                found.waiting().alerts(),
                found.alerts().stream().map(alert -> AlertLine.of(alert, now)).toList(),
                List.of(
                        new Choice("4", "For 4 hours", true),
                        new Choice("24", "For a day", false),
                        new Choice("168", "For a week", false)),
                drillDown.form(wanted, people),
                drillDown.found(caller, wanted, people, now),
                found.traces().stream()
                        .map(trace -> new DiagnosticsView.Trace(
                                people.who(trace.developer(), Optional.of(trace.agentType())),
                                trace.session()
                                        .map(id -> "/workstreams/sessions/" + id)
                                        .orElse(""),
                                When.of(trace.at(), now),
                                Waterfall.of(closely.trace(caller, trace.id(), STEPS))))
                        .toList(),
                wanted.address());
    }

    private static String state(Diagnostics found) {
        long open = found.waiting().activeSessions();
        return (open == 0 ? "No session" : Numbers.grouped(open) + (open == 1 ? " session" : " sessions")) + " at work"
                + (found.waiting().alerts() == 0
                        ? "; no alert waits."
                        : "; " + Numbers.grouped(found.waiting().alerts())
                                + (found.waiting().alerts() == 1 ? " alert waits." : " alerts wait."));
    }

    private static List<SpendView.Amount> monitor(Diagnostics found) {
        long active = found.waiting().activeSessions() - found.idleSessions();
        return List.of(
                new SpendView.Amount(
                        "sessions", "Active sessions", Numbers.grouped(active), found.idleSessions() + " idle"),
                new SpendView.Amount(
                        "stale",
                        "Stale sessions",
                        Numbers.grouped(found.waiting().staleSessions()),
                        "no sign for half an hour"),
                new SpendView.Amount(
                        "errors",
                        "Error pressure today",
                        found.errors().share().map(Unit.SHARE::text).orElse("–"),
                        Numbers.grouped(found.errors().failed()) + " failed"
                                + found.errors()
                                        .usual()
                                        .map(usual -> ", " + Unit.SHARE.text(usual) + " is usual")
                                        .orElse("")),
                new SpendView.Amount(
                        "cost",
                        "Spent today",
                        Money.of(found.spend().nanos()),
                        found.spend()
                                .median()
                                .map(median -> Money.of(median) + " on a usual day")
                                .orElse("nothing to compare with")));
    }
}
