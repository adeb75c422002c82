package dev.covibe.mcp;

import dev.covibe.coordination.blockers.BlockerQueries;
import dev.covibe.coordination.decisions.DecisionQueries;
import dev.covibe.coordination.messages.InboxView;
import dev.covibe.coordination.messages.MessageQueries;
import dev.covibe.coordination.messages.Reader;
import dev.covibe.identity.Caller;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What an agent must hear of when it begins: messages that wait, blockers that concern it, recent decisions. */
@Singleton
class News {

    private static final int MOST_MESSAGES = 20;
    private static final int MOST_BLOCKERS = 10;
    private static final int MOST_DECISIONS = 5;

    private final MessageQueries messages;
    private final BlockerQueries blockers;
    private final DecisionQueries decisions;

    News(MessageQueries messages, BlockerQueries blockers, DecisionQueries decisions) {
        this.messages = messages;
        this.blockers = blockers;
        this.decisions = decisions;
    }

    /** @param unread how many messages wait in all */
    record Told(List<MessageLine> messages, int unread, List<BlockerLine> blockers, List<DecisionLine> decisions) {

        /** Nothing is said of what there is nothing of. */
        String words() {
            return section(
                            "Messages (" + unread + "; acknowledge each with inbox when dealt with)",
                            MessageLine.lines(messages))
                    + section("Open blockers", BlockerLine.lines(blockers))
                    + section("Decided", DecisionLine.lines(decisions));
        }

        private static String section(String title, String lines) {
            return lines.isEmpty() ? "" : "\n" + title + ":" + lines;
        }
    }

    /** Changes nothing: a message is told again until it is acknowledged. */
    Told tell(Caller caller, Optional<UUID> task) {
        InboxView inbox = messages.unread(caller, Reader.of(caller), MOST_MESSAGES);
        return new Told(
                MessageLine.of(inbox.messages()),
                inbox.unread(),
                blockers.concerning(caller, MOST_BLOCKERS).stream()
                        .map(BlockerLine::of)
                        .toList(),
                decisions.relevant(caller, task, MOST_DECISIONS).stream()
                        .map(DecisionLine::of)
                        .toList());
    }
}
