package dev.covibe.coordination.messages;

import java.util.List;

/**
 * An urgent message that somebody has not acknowledged.
 *
 * @param waitsFor who: {@code @lin}, {@code @lin / codex}
 */
public record WaitingMessage(MessageView message, List<String> waitsFor) {}
