package dev.covibe.coordination.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A message as it reads from outside.
 *
 * @param thread id of the message that opened the thread
 * @param place in the thread, counted from 1
 * @param from handle of who sent it, or whose agent did
 * @param agent kind of agent that sent it; absent for a person
 * @param to as it was addressed: {@code @lin}, {@code WEB-12}
 * @param acknowledgedAt when the reader's inbox was done with it; absent while it waits, and outside an inbox
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record MessageView(
        UUID id,
        UUID thread,
        int place,
        Optional<UUID> replyTo,
        Origin origin,
        String from,
        Optional<String> agent,
        Optional<UUID> session,
        List<String> to,
        Optional<String> subject,
        String text,
        MessagePriority priority,
        Instant sentAt,
        Optional<Instant> acknowledgedAt) {

    /** {@code @lin / codex}. */
    public String sender() {
        return "@" + from + agent.map(kind -> " / " + kind).orElse("");
    }
}
