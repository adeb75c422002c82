package dev.covibe.mcp;

import static dev.covibe.mcp.Argument.flag;
import static dev.covibe.mcp.Argument.texts;

import dev.covibe.coordination.messages.InboxView;
import dev.covibe.coordination.messages.MessageQueries;
import dev.covibe.coordination.messages.Messages;
import dev.covibe.coordination.messages.Reader;
import dev.covibe.identity.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code inbox}: looks, and changes nothing but what it is told to acknowledge. */
@ApplicationScoped
class InboxTool implements McpTool {

    private static final int MOST = 20;

    private final Messages messages;
    private final MessageQueries queries;
    private final Answers answers;

    InboxTool(Messages messages, MessageQueries queries, Answers answers) {
        this.messages = messages;
        this.queries = queries;
        this.answers = answers;
    }

    @Override
    public ToolShape shape() {
        return new ToolShape(
                "inbox",
                "Read messages.",
                ToolShape.Effect.SETTLES,
                List.of(texts("acknowledge", "Message ids"), flag("unread_only", "Default true")),
                List.of("messages", "unread"));
    }

    @Override
    public Answer call(ToolCall call) {
        Caller caller = call.caller();
        Reader reader = Reader.of(caller);
        messages.acknowledge(caller, reader, call.arguments().ids("acknowledge"));
        InboxView inbox = call.arguments().flag("unread_only").orElse(true)
                ? queries.unread(caller, reader, MOST)
                : queries.all(caller, reader, Optional.empty(), MOST);
        List<MessageLine> lines = MessageLine.of(inbox.messages());
        return answers.of(
                Map.of("messages", lines, "unread", inbox.unread()),
                (inbox.unread() == 0
                                ? "Nothing waits for you."
                                : inbox.unread() + " unread. Acknowledge what is dealt with.")
                        + MessageLine.lines(lines));
    }
}
