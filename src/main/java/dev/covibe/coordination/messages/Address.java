package dev.covibe.coordination.messages;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One of those to whom a message is sent, and whom that means at this moment.
 *
 * @param label as people write it: {@code @lin}, {@code @lin/codex}, {@code WEB-12}
 * @param workstream of a task, under which its story is told
 * @param mailboxes what the message is put into
 * @param unreached why nobody is there to read it now; empty when somebody is
 */
record Address(
        Kind kind,
        UUID target,
        String label,
        Optional<UUID> workstream,
        List<Mailbox> mailboxes,
        Optional<String> unreached) {

    enum Kind {
        DEVELOPER,
        AGENT,
        SESSION,
        TASK,
        WORKSTREAM,
        WORKSPACE
    }
}
