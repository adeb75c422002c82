package dev.covibe.coordination.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;

/**
 * A look into an inbox, which changes nothing.
 *
 * @param unread how many wait to be acknowledged, counted up to 1,000
 * @param cursor for more, where everything is listed
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record InboxView(List<MessageView> messages, int unread, Optional<String> cursor) {}
