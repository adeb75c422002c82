package dev.covibe.console.coordination;

import dev.covibe.agents.SessionState;
import dev.covibe.agents.SessionView;
import dev.covibe.console.frame.Markdown;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.When;
import dev.covibe.coordination.blockers.BlockerView;
import dev.covibe.coordination.claims.ClaimMode;
import dev.covibe.coordination.claims.ClaimView;
import dev.covibe.coordination.decisions.DecisionView;
import dev.covibe.coordination.messages.MessagePriority;
import dev.covibe.coordination.messages.MessageView;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Role;
import dev.covibe.overlap.Conflict;
import dev.covibe.overlap.Signal;
import dev.covibe.work.ItemRef;
import dev.covibe.work.TaskStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Turns what coordination reads into what pages show. */
public final class Talk {

    private static final int LONGEST_LINE = 160;

    private final Caller caller;
    private final People people;
    private final Instant now;

    public Talk(Caller caller, People people, Instant now) {
        this.caller = caller;
        this.people = people;
        this.now = now;
    }

    /** @param typed what was typed as its answer before, empty if nothing */
    public BlockerItem blocker(BlockerView blocker, String typed) {
        return new BlockerItem(
                blocker.id().toString(),
                blocker.task().key(),
                blocker.task().title(),
                blocker.kind().title(),
                Markdown.html(blocker.text()),
                people.who(blocker.raisedBy(), blocker.agent()),
                When.of(blocker.raisedAt(), now),
                at(blocker.needs()),
                isMe(blocker.needs()),
                blocker.answer().map(Markdown::html).orElse(""),
                people.who(blocker.resolvedBy(), blocker.resolvedAgent()),
                When.of(blocker.resolvedAt().orElse(blocker.raisedAt()), now),
                typed);
    }

    public DecisionItem decision(DecisionView decision) {
        return new DecisionItem(
                decision.id().toString(),
                decision.question(),
                decision.options(),
                decision.tasks(),
                people.who(decision.askedBy(), decision.agent()),
                When.of(decision.askedAt(), now),
                at(decision.needs()),
                isMe(decision.needs()),
                decision.choice().orElse(""),
                decision.reason().map(Markdown::html).orElse(""),
                people.who(decision.decidedBy(), decision.decidedAgent()),
                When.of(decision.decidedAt().orElse(decision.askedAt()), now));
    }

    public MessageItem message(MessageView message, List<String> waitsFor, boolean mine, List<String> done) {
        String line = message.text().replaceAll("\\s+", " ").strip();
        return new MessageItem(
                message.id().toString(),
                people.who(message.from(), message.agent()),
                message.to(),
                message.subject().orElse(""),
                Markdown.html(message.text()),
                line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + "…",
                message.priority() == MessagePriority.URGENT,
                When.of(message.sentAt(), now),
                waitsFor,
                mine,
                done);
    }

    public MessageItem message(MessageView message) {
        return message(message, List.of(), false, List.of());
    }

    public ClaimItem claim(ClaimView claim) {
        return new ClaimItem(
                claim.id().toString(),
                claim.target(),
                claim.repository().orElse(""),
                people.who(claim.developer(), claim.agent()),
                claim.task().map(ItemRef::key).orElse(""),
                claim.task().map(ItemRef::title).orElse(""),
                claim.mode() == ClaimMode.SHARED,
                claim.reason().orElse(""),
                When.of(claim.expiresAt(), now),
                left(claim.expiresAt()),
                at(claim.overriddenBy()),
                claim.overrideReason().orElse(""),
                claim.developer().equals(caller.handle()) || caller.role() == Role.ADMIN);
    }

    private String left(Instant until) {
        Duration left = Duration.between(now, until);
        return left.toMinutes() < 1
                ? "lapses now"
                : left.toHours() < 1 ? left.toMinutes() + " min left" : left.toHours() + " h left";
    }

    public static ConflictItem conflict(Conflict conflict) {
        return new ConflictItem(
                side(conflict.one()),
                side(conflict.other()),
                (int) Math.round(conflict.score() * 100),
                conflict.signals().stream().map(Signal::text).toList());
    }

    private static ConflictItem.Side side(Conflict.Party party) {
        String word = party.key().startsWith("WS-")
                ? party.status()
                : TaskStatus.of(party.status()).title();
        return new ConflictItem.Side(
                party.key(),
                party.key().startsWith("WS-") ? "/workstreams/" + party.key() : "/workstreams/tasks/" + party.key(),
                party.title(),
                party.status(),
                word,
                at(party.owner()));
    }

    public SessionItem session(SessionView session) {
        boolean active = session.state() == SessionState.ACTIVE;
        return new SessionItem(
                session.id().toString(),
                people.who(session.developer(), Optional.of(session.agent().key())),
                session.repository().orElse(""),
                session.branch().orElse(""),
                session.task().map(ItemRef::key).orElse(""),
                session.task().map(ItemRef::title).orElse(""),
                active,
                active ? "Active" : "Idle",
                When.of(session.lastSeenAt(), now));
    }

    private static String at(Optional<String> handle) {
        return handle.map(name -> "@" + name).orElse("");
    }

    private boolean isMe(Optional<String> handle) {
        return handle.filter(caller.handle()::equals).isPresent();
    }
}
