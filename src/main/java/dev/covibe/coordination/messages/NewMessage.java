package dev.covibe.coordination.messages;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What somebody wants to say.
 *
 * @param to one to twenty addresses; a reply without any goes to whoever wrote what it replies to
 * @param text 1 to 20,000 characters, Markdown
 * @param subject one line of at most 200 characters
 */
public record NewMessage(
        List<String> to, String text, Optional<String> subject, MessagePriority priority, Optional<UUID> replyTo) {

    public NewMessage {
        to = List.copyOf(to);
    }
}
