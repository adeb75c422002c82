package dev.covibe.coordination.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.covibe.identity.Caller;
import dev.covibe.journal.EventKind;
import dev.covibe.journal.Journal;
import dev.covibe.journal.Subject;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.tenancy.Transactions;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Sends messages and takes them out of inboxes (CRD-2). Whom an address means is decided once, when it is sent. */
@ApplicationScoped
public class Messages {

    private final Transactions transactions;
    private final Recipients recipients;
    private final MessageStore store;
    private final MessageQueries queries;
    private final Journal journal;

    Messages(
            Transactions transactions,
            Recipients recipients,
            MessageStore store,
            MessageQueries queries,
            Journal journal) {
        this.transactions = transactions;
        this.recipients = recipients;
        this.store = store;
        this.queries = queries;
        this.journal = journal;
    }

    /**
     * @param reached whose inboxes hold it now: {@code @lin}, {@code @lin / codex}
     * @param unreached the addresses behind which nobody reads now, and why; the message is kept there all the same
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Sent(
            MessageView message,
            @JsonInclude(JsonInclude.Include.ALWAYS) List<String> reached,
            List<Unreached> unreached) {

        public Sent {
            unreached = unreached == null ? List.of() : List.copyOf(unreached);
        }
    }

    @RegisterForReflection
    public record Unreached(String to, String why) {}

    /**
     * Sends a message. It waits in every inbox that it reaches until it is acknowledged there.
     *
     * @throws Refusal.Invalid when a field is wrong or names nobody
     * @throws Refusal.NotFound {@code message.unknown}, {@code task.unknown} or {@code workstream.unknown}
     */
    public Sent send(Caller caller, NewMessage said) {
        NewMessage message = MessageRules.check(said);
        return transactions.in(caller.place(), () -> {
            Optional<MessageStore.Thread> thread = message.replyTo().map(id -> store.thread(caller, id));
            List<Address> addresses = addresses(caller, message, thread);
            Sent sent = put(
                    caller, Origin.MESSAGE, addresses, message.subject(), message.text(), message.priority(), thread);
            journal.record(caller, EventKind.MESSAGED, subject(sent.message(), addresses), payload(sent.message()));
            return sent;
        });
    }

    private List<Address> addresses(Caller caller, NewMessage message, Optional<MessageStore.Thread> thread) {
        List<Address> addresses = new ArrayList<>();
        for (int i = 0; i < message.to().size(); i++) {
            addresses.add(recipients.of(caller, message.to().get(i), "/to/" + i));
        }
        if (addresses.isEmpty()) {
            thread.ifPresent(one -> writer(caller, one).ifPresent(addresses::add));
        }
        return addresses;
    }

    private Optional<Address> writer(Caller caller, MessageStore.Thread thread) {
        return thread.writerSession()
                .flatMap(id -> recipients.session(caller, id))
                .or(() -> recipients.developer(caller, thread.writer()));
    }

    /**
     * Tells whoever asked, or is asked, what became of a thing: the session where there is one, else the person. Nobody
     * is told of what they did themselves.
     */
    public Optional<UUID> tell(
            Caller caller,
            Origin origin,
            UUID developerId,
            Optional<UUID> session,
            String subject,
            String text,
            MessagePriority priority) {
        boolean themself = session.isPresent()
                ? session.equals(caller.session().map(Caller.Session::id))
                : developerId.equals(caller.developerId()) && caller.session().isEmpty();
        if (themself) {
            return Optional.empty();
        }
        return transactions.in(caller.place(), () -> session.flatMap(id -> recipients.session(caller, id))
                .or(() -> recipients.developer(caller, developerId))
                .map(address -> put(
                                caller,
                                origin,
                                List.of(address),
                                Optional.of(cut(subject)),
                                text,
                                priority,
                                Optional.empty())
                        .message()
                        .id()));
    }

    private static String cut(String subject) {
        String line = subject.replaceAll("\\s+", " ").strip();
        return line.length() <= 200 ? line : line.substring(0, 199) + "…";
    }

    private Sent put(
            Caller caller,
            Origin origin,
            List<Address> addresses,
            Optional<String> subject,
            String text,
            MessagePriority priority,
            Optional<MessageStore.Thread> thread) {
        UUID id = Ids.next();
        store.insert(caller, id, origin, subject, text, priority, thread);
        store.address(caller, id, addresses);
        List<Mailbox> mailboxes = addresses.stream()
                .flatMap(address -> address.mailboxes().stream())
                .distinct()
                .toList();
        store.deliver(caller, id, mailboxes);
        LinkedHashSet<String> reached = new LinkedHashSet<>();
        List<Unreached> unreached = new ArrayList<>();
        for (Address address : addresses) {
            address.unreached()
                    .ifPresentOrElse(
                            why -> unreached.add(new Unreached(address.label(), why)),
                            () -> address.mailboxes().forEach(mailbox -> reached.add(mailbox.shown())));
        }
        return new Sent(queries.get(caller, id), List.copyOf(reached), unreached);
    }

    private static Subject subject(MessageView message, List<Address> addresses) {
        for (Address address : addresses) {
            if (address.kind() == Address.Kind.TASK) {
                return Subject.task(address.target(), address.label(), address.workstream());
            }
            if (address.kind() == Address.Kind.WORKSTREAM) {
                return Subject.workstream(address.target(), address.label());
            }
        }
        return Subject.message(message.id(), String.join(", ", message.to()));
    }

    /** The words stay in the message: the log says only that it was sent. */
    private static Map<String, Object> payload(MessageView message) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("message", message.id());
        payload.put("thread", message.thread());
        payload.put("to", message.to());
        payload.put("priority", message.priority().key());
        return payload;
    }

    /**
     * Takes messages out of the reader's inbox: of the session's, where they lie there, else of the agent's or the
     * developer's. Again is no harm.
     *
     * @throws Refusal.NotFound {@code message.unknown} when one of them never was in this inbox; then none is taken out
     */
    public void acknowledge(Caller caller, Reader reader, Collection<UUID> ids) {
        if (ids.isEmpty()) {
            return;
        }
        transactions.run(caller.place(), () -> {
            List<UUID> known = store.inInbox(caller, reader, ids);
            for (UUID id : ids) {
                if (!known.contains(id)) {
                    throw MessageStore.unknown(id);
                }
            }
            for (MessageStore.Done urgent : store.acknowledge(caller, reader, ids)) {
                journal.record(
                        caller,
                        EventKind.ACKNOWLEDGED,
                        Subject.message(urgent.message(), urgent.to()),
                        Map.of("message", urgent.message()));
            }
        });
    }
}
