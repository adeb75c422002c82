package dev.covibe.console.sessions;

import dev.covibe.agents.SessionState;
import dev.covibe.agents.SessionView;
import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;
import dev.covibe.work.ItemRef;
import java.time.Instant;
import java.util.Optional;

/**
 * One session in a list.
 *
 * @param agent what the agent calls itself
 * @param state {@code active}, {@code idle}, {@code stale} or {@code ended}
 * @param stateWord the same for people, with the outcome of an ended one
 * @param spend what is to be counted of it in this list
 */
public record SessionLine(
        String id,
        Who who,
        String agent,
        String state,
        String stateWord,
        String task,
        When started,
        When seen,
        Spend spend) {

    static SessionLine of(SessionView session, UsageTotals used, People people, Instant now) {
        return new SessionLine(
                session.id().toString(),
                people.who(session.developer(), Optional.of(session.agent().key())),
                session.agentName(),
                session.state().key(),
                word(session),
                session.task().map(ItemRef::key).orElse(""),
                When.of(session.startedAt(), now),
                When.of(session.lastSeenAt(), now),
                Spend.of(used));
    }

    /** Its state in a word; how it ended, once it has. */
    public static String word(SessionView session) {
        return switch (session.state()) {
            case ACTIVE -> "Active";
            case IDLE -> "Idle";
            case STALE -> "Stale";
            case ENDED ->
                switch (session.outcome().orElseThrow()) {
                    case DONE -> "Done";
                    case PARTIAL -> "Partly done";
                    case FAILED -> "Failed";
                    case ABANDONED -> "Abandoned";
                };
        };
    }

    public boolean open() {
        return !state.equals(SessionState.ENDED.key());
    }
}
