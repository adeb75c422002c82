package dev.covibe.mcp;

import static dev.covibe.mcp.Argument.choice;
import static dev.covibe.mcp.Argument.text;
import static dev.covibe.mcp.Argument.texts;

import dev.covibe.coordination.messages.MessagePriority;
import dev.covibe.coordination.messages.Messages;
import dev.covibe.coordination.messages.NewMessage;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code send_message}: to people, agents, sessions, whoever follows a task, or everybody. */
@ApplicationScoped
class SendMessageTool implements McpTool {

    private final Messages messages;
    private final Answers answers;

    SendMessageTool(Messages messages, Answers answers) {
        this.messages = messages;
        this.answers = answers;
    }

    @Override
    public ToolShape shape() {
        return new ToolShape(
                "send_message",
                "Tell people or agents.",
                ToolShape.Effect.ADDS,
                List.of(
                        texts("to", "@lin, @lin/codex, session id, WEB-12, WS-3, workspace")
                                .wanted(),
                        text("text", "Markdown").wanted(),
                        text("subject", "One line"),
                        choice("priority", "Default normal", "normal", "urgent"),
                        text("reply_to", "Message id")),
                List.of("message", "reached"));
    }

    @Override
    public Answer call(ToolCall call) {
        Arguments arguments = call.arguments();
        Messages.Sent sent = messages.send(
                call.caller(),
                new NewMessage(
                        arguments.texts("to"),
                        arguments.wanted("text"),
                        arguments.text("subject"),
                        arguments.text("priority").map(MessagePriority::of).orElse(MessagePriority.NORMAL),
                        arguments.id("reply_to")));
        Map<String, Object> structured = new LinkedHashMap<>();
        structured.put("message", sent.message().id());
        structured.put("reached", sent.reached());
        if (!sent.unreached().isEmpty()) {
            structured.put("unreached", sent.unreached());
        }
        return answers.of(structured, words(sent));
    }

    private static String words(Messages.Sent sent) {
        return (sent.reached().isEmpty()
                        ? "Sent, but it reached nobody."
                        : "Reached " + String.join(", ", sent.reached()) + ".")
                + sent.unreached().stream()
                        .map(one -> "\n- " + one.to() + ": " + one.why())
                        .collect(Collectors.joining());
    }
}
