package dev.covibe.console.coordination;

import dev.covibe.agents.SessionQueries;
import dev.covibe.console.frame.Numbers;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.When;
import dev.covibe.coordination.blockers.BlockerQueries;
import dev.covibe.coordination.blockers.BlockerView;
import dev.covibe.coordination.claims.ClaimQueries;
import dev.covibe.coordination.claims.ClaimView;
import dev.covibe.coordination.decisions.DecisionQueries;
import dev.covibe.coordination.messages.MessageQueries;
import dev.covibe.coordination.messages.MessageView;
import dev.covibe.coordination.messages.Reader;
import dev.covibe.coordination.messages.WaitingMessage;
import dev.covibe.identity.Caller;
import dev.covibe.overlap.AuditReport;
import dev.covibe.overlap.Audits;
import dev.covibe.platform.web.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Puts the monitor together (CRD-6), a bounded part of everything. */
@ApplicationScoped
class Monitor {

    private static final int ROWS = 20;
    private static final int FEW = 5;

    private final MessageQueries messages;
    private final BlockerQueries blockers;
    private final DecisionQueries decisions;
    private final ClaimQueries claims;
    private final Audits audits;
    private final SessionQueries sessions;
    private final Clock clock;

    Monitor(
            MessageQueries messages,
            BlockerQueries blockers,
            DecisionQueries decisions,
            ClaimQueries claims,
            Audits audits,
            SessionQueries sessions,
            Clock clock) {
        this.messages = messages;
        this.blockers = blockers;
        this.decisions = decisions;
        this.claims = claims;
        this.audits = audits;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** What a refused form held, so that nothing typed is lost. */
    record Typed(String id, String text, String error) {

        static final Typed NOTHING = new Typed("", "", "");
    }

    CoordinationView view(Caller caller, People people, Typed typed) {
        Talk talk = new Talk(caller, people, clock.instant());
        List<MessageView> mine =
                messages.unread(caller, Reader.of(caller), ROWS).messages();
        Set<UUID> waiting = mine.stream().map(MessageView::id).collect(Collectors.toSet());
        List<WaitingMessage> urgent = messages.urgent(caller, ROWS);
        Set<UUID> shown = urgent.stream().map(one -> one.message().id()).collect(Collectors.toSet());
        List<BlockerView> held = blockers.open(caller, ROWS);
        Page<ClaimView> claimed = claims.live(caller, Optional.empty(), Optional.empty(), ROWS);
        Optional<AuditReport> audit = audits.latest(caller);
        List<SessionItem> active =
                sessions.open(caller, ROWS).stream().map(talk::session).toList();
        int blocked = held.size() < ROWS ? held.size() : blockers.openCount(caller);
        int wanted = decisions.wantedCount(caller);
        return new CoordinationView(
                state(urgent.size(), blocked, wanted, active),
                typed.error(),
                urgent.stream()
                        .map(one -> talk.message(
                                one.message(),
                                one.waitsFor(),
                                waiting.contains(one.message().id()),
                                List.of()))
                        .toList(),
                mine.stream()
                        .filter(message -> !shown.contains(message.id()))
                        .map(message -> talk.message(message, List.of(), true, List.of()))
                        .toList(),
                held.stream()
                        .map(blocker ->
                                talk.blocker(blocker, blocker.id().toString().equals(typed.id()) ? typed.text() : ""))
                        .toList(),
                blocked,
                decisions.wanted(caller, ROWS).stream().map(talk::decision).toList(),
                wanted,
                claimed.items().stream().map(talk::claim).toList(),
                claimed.cursor().isPresent(),
                audit.map(report -> When.of(report.at(), clock.instant()).ago()).orElse(""),
                audit.stream()
                        .flatMap(report -> report.conflicts().stream())
                        .limit(FEW)
                        .map(Talk::conflict)
                        .toList(),
                audit.map(AuditReport::total).orElse(0),
                active,
                decisions.made(caller, FEW).stream().map(talk::decision).toList(),
                messages.list(caller, Optional.empty(), FEW).items().stream()
                        .map(talk::message)
                        .toList());
    }

    private static String state(int urgent, int blocked, int wanted, List<SessionItem> active) {
        List<String> parts = new ArrayList<>();
        part(parts, urgent, "urgent message", "urgent messages");
        part(parts, blocked, "blocker", "blockers");
        part(parts, wanted, "decision wanted", "decisions wanted");
        part(parts, (int) active.stream().filter(SessionItem::active).count(), "agent active", "agents active");
        return parts.isEmpty() ? "Nothing waits for anybody." : String.join(", ", parts) + ".";
    }

    private static void part(List<String> parts, int count, String one, String many) {
        if (count > 0) {
            parts.add(Numbers.grouped(count) + " " + (count == 1 ? one : many));
        }
    }
}
