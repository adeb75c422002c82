package dev.covibe.coordination.blockers;

import dev.covibe.coordination.messages.MessagePriority;
import dev.covibe.coordination.messages.Messages;
import dev.covibe.coordination.messages.Origin;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Developers;
import dev.covibe.journal.EventKind;
import dev.covibe.journal.Journal;
import dev.covibe.journal.Subject;
import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import dev.covibe.work.ItemRef;
import dev.covibe.work.TaskView;
import dev.covibe.work.WorkQueries;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What holds tasks up: raised by whoever is held up, resolved with an answer that goes to them (CRD-4). */
@ApplicationScoped
public class Blockers {

    private static final int LONGEST_TEXT = 20_000;

    private final Transactions transactions;
    private final Sql sql;
    private final BlockerQueries queries;
    private final WorkQueries work;
    private final Developers developers;
    private final Messages messages;
    private final Journal journal;
    private final Clock clock;

    Blockers(
            Transactions transactions,
            Sql sql,
            BlockerQueries queries,
            WorkQueries work,
            Developers developers,
            Messages messages,
            Journal journal,
            Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.queries = queries;
        this.work = work;
        this.developers = developers;
        this.messages = messages;
        this.journal = journal;
        this.clock = clock;
    }

    /** What came of it, and the event that tells it. */
    public record Told(BlockerView blocker, UUID event) {}

    /**
     * Raises a blocker. Whom it needs finds it in their inbox.
     *
     * @throws Refusal.NotFound {@code task.unknown}
     * @throws Refusal.Conflict {@code blocker.task-closed}
     * @throws Refusal.Invalid when a field is wrong or names nobody
     */
    public Told raise(Caller caller, NewBlocker wanted) {
        String text = text(wanted.text(), "/text");
        return transactions.in(caller.place(), () -> {
            TaskView task = work.task(caller, wanted.task());
            if (!task.status().isOpen()) {
                throw Refusal.conflict("blocker.task-closed", task.key() + " is closed; nothing holds it up.");
            }
            Optional<Developers.Member> needs = wanted.needs()
                    .filter(name -> !name.isBlank())
                    .map(name -> developers.named(caller, name, "/needs"));
            UUID id = Ids.next();
            sql.update(
                    """
                    insert into blockers (id, workspace_id, task_id, kind, body, needs_id, raised_by, raised_session_id,
                                          raised_agent, raised_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    id,
                    caller.workspaceId(),
                    task.id(),
                    wanted.kind().key(),
                    text,
                    needs.map(Developers.Member::id),
                    caller.developerId(),
                    caller.session().map(Caller.Session::id),
                    caller.agent(),
                    clock.instant());
            needs.ifPresent(member -> messages.tell(
                    caller,
                    Origin.BLOCKER,
                    member.id(),
                    Optional.empty(),
                    task.key() + " is blocked and needs you",
                    text,
                    MessagePriority.NORMAL));
            Map<String, Object> payload = new LinkedHashMap<>();
            payload.put("blocker", id);
            payload.put("kind", wanted.kind().key());
            needs.ifPresent(member -> payload.put("needs", member.handle()));
            payload.put("text", text);
            UUID event = journal.record(caller, EventKind.BLOCKED, subject(task), payload);
            return new Told(queries.get(caller, id), event);
        });
    }

    /**
     * Resolves a blocker; the answer goes to the session that it blocks, or the person.
     *
     * @throws Refusal.NotFound {@code blocker.unknown}
     * @throws Refusal.Conflict {@code blocker.resolved}
     */
    public Told resolve(Caller caller, UUID id, String answer) {
        String text = text(answer, "/answer");
        return transactions.in(caller.place(), () -> {
            BlockerView blocker = queries.get(caller, id);
            int resolved = sql.update(
                    """
                    update blockers set answer = ?, resolved_by = ?, resolved_agent = ?, resolved_at = ?
                     where workspace_id = ? and id = ? and resolved_at is null
                    """, text, caller.developerId(), caller.agent(), clock.instant(), caller.workspaceId(), id);
            if (resolved == 0) {
                throw Refusal.conflict(
                        "blocker.resolved", "This blocker of " + blocker.task().key() + " has been answered before.");
            }
            UUID raisedBy = sql.one(
                    "select raised_by from blockers where workspace_id = ? and id = ?",
                    row -> row.uuid("raised_by"),
                    caller.workspaceId(),
                    id);
            messages.tell(
                    caller,
                    Origin.ANSWER,
                    raisedBy,
                    blocker.session(),
                    "Your blocker on " + blocker.task().key() + " is answered",
                    text + "\n\n> " + blocker.text().replace("\n", "\n> "),
                    MessagePriority.NORMAL);
            UUID event = journal.record(
                    caller,
                    EventKind.UNBLOCKED,
                    subject(work.task(caller, blocker.task().key())),
                    Map.of("blocker", id, "text", text));
            return new Told(queries.get(caller, id), event);
        });
    }

    /**
     * Resolves the only open blocker of a task, or the only one that the caller's session raised.
     *
     * @throws Refusal.Conflict {@code blocker.none-open}, or {@code blocker.several} with all of them
     */
    public Told resolveOn(Caller caller, String task, String answer) {
        return transactions.in(caller.place(), () -> {
            TaskView view = work.task(caller, task);
            List<BlockerView> open = queries.openOf(caller, view.id());
            if (open.isEmpty()) {
                throw Refusal.conflict("blocker.none-open", "Nothing blocks " + view.key() + ".");
            }
            List<BlockerView> own = open.stream()
                    .filter(blocker -> blocker.session().isPresent()
                            && blocker.session().equals(caller.session().map(Caller.Session::id)))
                    .toList();
            List<BlockerView> meant = own.isEmpty() ? open : own;
            if (meant.size() > 1) {
                throw Refusal.conflict(
                        "blocker.several",
                        meant.size() + " blockers of " + view.key() + " are open. Say which.",
                        Map.of("blockers", meant));
            }
            return resolve(caller, meant.getFirst().id(), answer);
        });
    }

    private static Subject subject(TaskView task) {
        return Subject.task(task.id(), task.key(), task.workstream().map(ItemRef::id));
    }

    private static String text(String text, String pointer) {
        String stripped = text.strip();
        if (stripped.isEmpty() || stripped.length() > LONGEST_TEXT) {
            throw Refusal.invalid(
                    "blocker.invalid",
                    "Say something of 1 to " + LONGEST_TEXT + " characters.",
                    new FieldError(pointer, "1 to " + LONGEST_TEXT + " characters"));
        }
        return stripped;
    }
}
