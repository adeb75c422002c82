package dev.covibe.console.coordination;

import java.util.List;

/**
 * A conversation.
 *
 * @param title the first message's subject, or its beginning
 * @param last id of the message that a reply goes to
 * @param error why the last reply was refused, empty if it was not
 * @param typed what was typed as a reply before
 */
public record ThreadDetail(
        String id, String title, List<MessageItem> messages, String last, String error, String typed) {}
