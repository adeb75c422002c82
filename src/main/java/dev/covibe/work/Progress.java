package dev.covibe.work;

import dev.covibe.identity.Caller;
import dev.covibe.identity.Developers;
import dev.covibe.journal.EventKind;
import dev.covibe.journal.Journal;
import dev.covibe.journal.Subject;
import dev.covibe.overlap.Overlaps;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What happens to work once it is planned: taken, moved, written about, finished. */
@ApplicationScoped
public class Progress {

    /** As many events of a task as are looked through for the act that is taken back. */
    private static final int RECENT = 20;

    private final Transactions transactions;
    private final Tasks tasks;
    private final Workstreams workstreams;
    private final Projects projects;
    private final Developers developers;
    private final Footprints footprints;
    private final Overlaps overlaps;
    private final WorkQueries queries;
    private final WorkstreamQueries workstreamQueries;
    private final Journal journal;
    private final Event<TaskClosed> closed;
    private final Clock clock;

    Progress(
            Transactions transactions,
            Tasks tasks,
            Workstreams workstreams,
            Projects projects,
            Developers developers,
            Footprints footprints,
            Overlaps overlaps,
            WorkQueries queries,
            WorkstreamQueries workstreamQueries,
            Journal journal,
            Event<TaskClosed> closed,
            Clock clock) {
        this.transactions = transactions;
        this.tasks = tasks;
        this.workstreams = workstreams;
        this.projects = projects;
        this.developers = developers;
        this.footprints = footprints;
        this.overlaps = overlaps;
        this.queries = queries;
        this.workstreamQueries = workstreamQueries;
        this.journal = journal;
        this.closed = closed;
        this.clock = clock;
    }

    /**
     * Takes the named task, or the first of the ready queue. Decided under the row's lock: of all who race for one task
     * exactly one gets it, and the others learn who did (WRK-2).
     *
     * @throws Refusal.Conflict {@code task.already-taken}, {@code task.blocked}, {@code task.ended} or {@code task.none-ready}
     */
    public TaskView take(Caller caller, Optional<String> key, Optional<String> projectKey) {
        return transactions.in(caller.place(), () -> {
            Task task = key.map(named -> tasks.locked(caller, named)).orElseGet(() -> next(caller, projectKey));
            refuseIfTaken(caller, task);
            List<String> waitsFor = tasks.openDependencies(task);
            if (!waitsFor.isEmpty()) {
                throw Refusal.conflict(
                        "task.blocked",
                        task.key() + " waits for " + String.join(", ", waitsFor) + ".",
                        Map.of("waits_for", waitsFor));
            }
            Standing before = Standing.of(task);
            Instant now = clock.instant();
            task.start(
                    caller.developerId(),
                    caller.session().map(Caller.Session::id).orElse(null),
                    now);
            Optional.ofNullable(task.workstreamId)
                    .map(workstreams::findById)
                    .ifPresent(workstream -> workstream.begin(now));
            settle(caller, task);
            journal.record(
                    caller, EventKind.STARTED, Planning.subject(task), before.in(Map.of("title", task.title), task));
            return queries.task(caller, task.id.toString());
        });
    }

    private Task next(Caller caller, Optional<String> projectKey) {
        Optional<UUID> projectId =
                projectKey.map(named -> projects.find(caller, named).orElseThrow(() -> Projects.unknown(named)).id);
        return tasks.nextReady(caller, projectId)
                .map(tasks::findById)
                .orElseThrow(() -> Refusal.conflict(
                        "task.none-ready", "No task is ready: every planned task is owned or waits for another."));
    }

    private void refuseIfTaken(Caller caller, Task task) {
        if (!task.status.isOpen()) {
            throw Refusal.conflict(
                    "task.ended",
                    task.key() + " is already " + task.status.title().toLowerCase(Locale.ROOT) + ".");
        }
        // What was imported may be under way and nobody's: whoever takes that takes it from nobody.
        boolean kept = task.ownerId != null && (task.status.isUnderWay() || !task.ownerId.equals(caller.developerId()));
        if (!kept) {
            return;
        }
        String holder = developers
                .find(caller, task.ownerId)
                .map(Developers.Member::handle)
                .orElse("former member");
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("task", task.key().toString());
        details.put("title", task.title);
        details.put("holder", holder);
        details.put("status", task.status.key());
        Optional.ofNullable(task.startedAt).ifPresent(since -> details.put("since", since));
        throw Refusal.conflict("task.already-taken", task.key() + " is already taken by @" + holder + ".", details);
    }

    /**
     * Moves a task by hand, as on the board.
     *
     * @throws Refusal.Conflict {@code task.status-change} when it cannot go there
     */
    public TaskView move(Caller caller, String key, TaskStatus next) {
        return transactions.in(caller.place(), () -> {
            Task task = tasks.locked(caller, key);
            Standing before = Standing.of(task);
            Changes changes = new Changes();
            changes.note("status", task.status, next);
            task.move(
                    next,
                    caller.developerId(),
                    caller.session().map(Caller.Session::id).orElse(null),
                    clock.instant());
            settle(caller, task);
            EventKind kind = task.status.isOpen() ? EventKind.CHANGED : EventKind.COMPLETED;
            journal.record(caller, kind, Planning.subject(task), before.in(changes.payload(), task));
            if (!task.status.isOpen()) {
                closed.fire(new TaskClosed(caller, task.id));
            }
            return queries.task(caller, task.id.toString());
        });
    }

    /**
     * The tasks in progress that were taken in a session, locked until the transaction ends. Call before the session
     * itself is locked: everybody locks tasks first.
     */
    public List<UUID> takenIn(Caller caller, UUID sessionId) {
        return transactions.in(caller.place(), () -> tasks.takenIn(caller, sessionId));
    }

    /**
     * Writes a line into a task's story.
     *
     * @param kind {@code PROGRESSED} or {@code NOTED}
     * @param text 1 to 20,000 characters, Markdown
     * @return the event's id
     */
    public UUID log(Caller caller, String key, EventKind kind, String text) {
        String stripped = text.strip();
        if (stripped.isEmpty() || stripped.length() > PlanRules.LONGEST_TEXT) {
            throw Refusal.invalidField("/text", "Say something of 1 to " + PlanRules.LONGEST_TEXT + " characters.");
        }
        return transactions.in(caller.place(), () -> {
            Subject subject = queries.subject(caller, key);
            return journal.record(caller, kind, subject, Map.of("text", stripped));
        });
    }

    /**
     * Ends a task.
     *
     * @throws Refusal.Conflict {@code task.ended} when it has ended before
     */
    public TaskView finish(Caller caller, String key, Outcome outcome, String summary) {
        String kept = PlanRules.summary(summary);
        return transactions.in(caller.place(), () -> {
            Task task = tasks.locked(caller, key);
            Standing before = Standing.of(task);
            task.finish(outcome, kept, clock.instant());
            settle(caller, task);
            journal.record(
                    caller,
                    EventKind.COMPLETED,
                    Planning.subject(task),
                    before.in(completed(task.title, outcome, kept), task));
            closed.fire(new TaskClosed(caller, task.id));
            return queries.task(caller, task.id.toString());
        });
    }

    /**
     * Takes back what the caller did last to a task, be it moving, taking or ending it: the task stands again where it
     * stood, with its owner and its summary. Claims that went with an ended task stay released.
     *
     * @throws Refusal.Conflict {@code task.nothing-to-undo} when somebody has changed the task since, or when what made
     *     it so was somebody else's act
     */
    public TaskView takeBack(Caller caller, String key) {
        return transactions.in(caller.place(), () -> {
            Task task = tasks.locked(caller, key);
            Standing before = journal.ofTask(caller, task.id, RECENT).stream()
                    .filter(event -> event.handle().equals(caller.handle()))
                    .flatMap(event -> Standing.before(event.payload(), task).stream())
                    .findFirst()
                    .orElseThrow(() -> Refusal.conflict(
                            "task.nothing-to-undo", task.key() + " has changed since, so nothing was undone."));
            Changes changes = new Changes();
            changes.note("status", task.status, before.status());
            task.putBack(before, clock.instant());
            settle(caller, task);
            Map<String, Object> payload = new LinkedHashMap<>(changes.payload());
            payload.put("undone", true);
            journal.record(caller, EventKind.CHANGED, Planning.subject(task), payload);
            return queries.task(caller, task.id.toString());
        });
    }

    private void settle(Caller caller, Task task) {
        tasks.flush();
        overlaps.leave(caller.place(), footprints.of(task));
    }

    private static Map<String, Object> completed(String title, Outcome outcome, String summary) {
        return Map.of("title", title, "outcome", outcome.key(), "summary", summary);
    }

    /** Ends a workstream; its open tasks stay as they are. */
    public WorkstreamView finishWorkstream(Caller caller, String key, Outcome outcome, String summary) {
        String kept = PlanRules.summary(summary);
        return transactions.in(caller.place(), () -> {
            Workstream workstream = workstreams.locked(caller, key);
            workstream.finish(outcome, kept, clock.instant());
            workstreams.flush();
            overlaps.leave(caller.place(), footprints.of(workstream));
            journal.record(
                    caller,
                    EventKind.COMPLETED,
                    Planning.subject(workstream),
                    completed(workstream.name, outcome, kept));
            return workstreamQueries.get(caller, workstream.key().toString());
        });
    }
}
