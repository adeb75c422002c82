package dev.covibe.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.covibe.coordination.messages.MessagePriority;
import dev.covibe.coordination.messages.MessageView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A message as an agent reads it.
 *
 * @param urgent present only when it is
 * @param acknowledged present only when it is
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record MessageLine(
        UUID id,
        String from,
        List<String> to,
        Optional<String> subject,
        String text,
        Optional<Boolean> urgent,
        Optional<UUID> replyTo,
        Optional<Boolean> acknowledged,
        Instant at) {

    /** Clients cut an answer at some 100,000 characters: what waits shares this many, and one message comes whole. */
    private static final int CHARACTERS_IN_ALL = 40_000;

    static List<MessageLine> of(List<MessageView> messages) {
        int longest = CHARACTERS_IN_ALL / Math.max(1, messages.size());
        return messages.stream().map(message -> of(message, longest)).toList();
    }

    private static MessageLine of(MessageView message, int longest) {
        String text = message.text();
        return new MessageLine(
                message.id(),
                message.sender(),
                message.to(),
                message.subject(),
                text.length() <= longest ? text : text.substring(0, longest) + "…",
                Optional.of(true).filter(_ -> message.priority() == MessagePriority.URGENT),
                message.replyTo(),
                Optional.of(true).filter(_ -> message.acknowledgedAt().isPresent()),
                message.sentAt().truncatedTo(ChronoUnit.SECONDS));
    }

    static String lines(List<MessageLine> messages) {
        return messages.stream()
                .map(message -> "\n- " + message.id + (message.urgent.isPresent() ? " URGENT" : "") + " from "
                        + message.from + " to " + String.join(", ", message.to)
                        + message.subject.map(line -> ", " + line).orElse("") + ": " + message.text)
                .collect(Collectors.joining());
    }
}
