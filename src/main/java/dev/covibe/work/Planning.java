package dev.covibe.work;

import dev.covibe.identity.Caller;
import dev.covibe.identity.Developers;
import dev.covibe.journal.EventKind;
import dev.covibe.journal.Journal;
import dev.covibe.journal.Subject;
import dev.covibe.overlap.Confirmation;
import dev.covibe.overlap.OverlapReport;
import dev.covibe.overlap.Overlaps;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.tenancy.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The planning core (WRK-4): console, REST and MCP all plan through here. A plan that looks like other work is refused
 * until its candidates are confirmed (OVL-3); a plan that stands is in the journal, and so on every open page.
 */
@ApplicationScoped
public class Planning {

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
    private final Clock clock;

    Planning(
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
        this.clock = clock;
    }

    /**
     * Plans a task.
     *
     * @throws Refusal.Conflict {@code overlap.confirmation-required} with the candidates that must be confirmed
     * @throws Refusal.Invalid when a field is wrong or names something that does not exist
     */
    public TaskView planTask(Caller caller, TaskPlan plan, Confirmation confirmation) {
        PlanRules.check(plan);
        return transactions.in(caller.place(), () -> {
            Optional<String> repository = PlanRules.repository(plan.repository());
            Project project = projects.choose(caller, plan.project(), repository);
            Task task = drawn(caller, plan, project, repository);
            task.number = projects.nextNumbers(project, 1);
            overlaps.admit(caller.place(), caller.developerId(), footprints.of(task), confirmation);
            tasks.persistAndFlush(task);
            if (!plan.dependsOn().isEmpty()) {
                tasks.replaceDependencies(caller, task, plan.dependsOn());
            }
            journal.record(caller, EventKind.PLANNED, subject(task), planned(task.title, confirmation));
            return queries.task(caller, task.id.toString());
        });
    }

    /** Everything of a new task but its number. */
    Task drawn(Caller caller, TaskPlan plan, Project project, Optional<String> repository) {
        Instant now = clock.instant();
        Task task = new Task();
        task.id = Ids.next();
        task.workspaceId = caller.workspaceId();
        task.project = project;
        task.title = plan.title();
        task.description = plan.description().orElse("").strip();
        task.priority = plan.priority().map(Priority::of).orElse(Priority.NONE);
        task.ownerId = owner(caller, plan.owner());
        task.plannedBy = caller.developerId();
        task.plannedBySessionId = caller.session().map(Caller.Session::id).orElse(null);
        task.labels = tidy(plan.labels());
        task.workstreamId = workstream(caller, plan.workstream());
        task.paths = tidy(plan.paths());
        task.repository = repository.orElse(null);
        task.branch = text(plan.branch());
        task.references = tidy(plan.references());
        task.estimateMinutes = plan.estimateMinutes().orElse(null);
        task.status = plan.status().map(TaskStatus::of).orElse(TaskStatus.PLANNED);
        task.createdAt = now;
        task.updatedAt = now;
        switch (task.status) {
            case BACKLOG -> {}
            case PLANNED -> task.plannedAt = now;
            case IN_PROGRESS, IN_REVIEW, DONE, CANCELLED ->
                throw Refusal.invalidField("/status", "A new task is backlog or planned.");
        }
        return task;
    }

    private static Map<String, Object> planned(String title, Confirmation confirmation) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("title", title);
        if (!confirmation.candidates().isEmpty()) {
            payload.put("confirmed", confirmation.candidates());
            confirmation.reason().ifPresent(reason -> payload.put("confirm_reason", reason));
        }
        return payload;
    }

    /** Plans a workstream; overlap-checked like a task. */
    public WorkstreamView planWorkstream(Caller caller, WorkstreamPlan plan, Confirmation confirmation) {
        PlanRules.check(plan);
        return transactions.in(caller.place(), () -> {
            Workstream workstream = drawn(caller, plan);
            workstream.number = workstreams.nextNumber(caller);
            overlaps.admit(caller.place(), caller.developerId(), footprints.of(workstream), confirmation);
            workstreams.persistAndFlush(workstream);
            journal.record(caller, EventKind.PLANNED, subject(workstream), planned(workstream.name, confirmation));
            return workstreamQueries.get(caller, workstream.key().toString());
        });
    }

    /** Everything of a new workstream but its number. */
    Workstream drawn(Caller caller, WorkstreamPlan plan) {
        Instant now = clock.instant();
        Workstream workstream = new Workstream();
        workstream.id = Ids.next();
        workstream.workspaceId = caller.workspaceId();
        workstream.name = plan.name();
        workstream.goal = plan.goal().orElse("").strip();
        workstream.status = WorkstreamStatus.PLANNED;
        workstream.ownerId = owner(caller, plan.owner());
        workstream.targetDate = plan.targetDate().orElse(null);
        workstream.paths = tidy(plan.paths());
        workstream.repository = PlanRules.repository(plan.repository()).orElse(null);
        workstream.createdBy = caller.developerId();
        workstream.createdAt = now;
        workstream.updatedAt = now;
        return workstream;
    }

    /** The same overlap check as {@link #planTask}, creating nothing. */
    public OverlapReport check(Caller caller, TaskPlan draft) {
        return transactions.in(caller.place(), () -> overlaps.check(caller.place(), footprints.draft(caller, draft)));
    }

    /**
     * Changes a task's fields; the change is an event with before and after.
     *
     * @throws Refusal.NotFound {@code task.unknown}
     */
    public TaskView edit(Caller caller, String key, TaskEdit edit) {
        PlanRules.check(edit);
        return transactions.in(caller.place(), () -> {
            Task task = tasks.locked(caller, key);
            Changes changes = new Changes();
            apply(caller, task, edit, changes);
            if (!changes.isEmpty()) {
                task.updatedAt = clock.instant();
                tasks.flush();
                overlaps.leave(caller.place(), footprints.of(task));
                journal.record(caller, EventKind.CHANGED, subject(task), changes.payload());
            }
            return queries.task(caller, task.id.toString());
        });
    }

    /**
     * Changes a workstream's fields; the change is an event with before and after.
     *
     * @throws Refusal.NotFound {@code workstream.unknown}
     */
    public WorkstreamView edit(Caller caller, String key, WorkstreamEdit edit) {
        PlanRules.check(edit);
        return transactions.in(caller.place(), () -> {
            Workstream workstream = workstreams.locked(caller, key);
            Changes changes = new Changes();
            apply(caller, workstream, edit, changes);
            if (!changes.isEmpty()) {
                workstream.updatedAt = clock.instant();
                workstreams.flush();
                overlaps.leave(caller.place(), footprints.of(workstream));
                journal.record(caller, EventKind.CHANGED, subject(workstream), changes.payload());
            }
            return workstreamQueries.get(caller, workstream.key().toString());
        });
    }

    private void apply(Caller caller, Workstream workstream, WorkstreamEdit edit, Changes changes) {
        edit.name().ifPresent(next -> workstream.name = changes.note("name", workstream.name, TaskPlan.oneLine(next)));
        edit.goal().ifPresent(next -> workstream.goal = changes.note("goal", workstream.goal, next.strip()));
        edit.owner().ifPresent(next -> {
            UUID before = workstream.ownerId;
            workstream.ownerId = owner(caller, Optional.of(next));
            changes.note("owner", handle(caller, before), handle(caller, workstream.ownerId));
        });
        edit.targetDate()
                .ifPresent(next -> workstream.targetDate = changes.note(
                        "target_date",
                        workstream.targetDate,
                        PlanRules.date(next).orElse(null)));
        edit.paths().ifPresent(next -> workstream.paths = changes.note("paths", workstream.paths, tidy(next)));
        edit.repository()
                .ifPresent(next -> workstream.repository = changes.note(
                        "repository",
                        workstream.repository,
                        PlanRules.repository(Optional.of(next)).orElse(null)));
    }

    private void apply(Caller caller, Task task, TaskEdit edit, Changes changes) {
        edit.title().ifPresent(next -> task.title = changes.note("title", task.title, TaskPlan.oneLine(next)));
        edit.description()
                .ifPresent(next -> task.description = changes.note("description", task.description, next.strip()));
        edit.priority()
                .map(Priority::of)
                .ifPresent(next -> task.priority = changes.note("priority", task.priority, next));
        edit.owner().ifPresent(next -> {
            UUID before = task.ownerId;
            task.ownerId = next.isBlank() ? null : owner(caller, Optional.of(next));
            changes.note("owner", handle(caller, before), handle(caller, task.ownerId));
        });
        edit.workstream().ifPresent(next -> {
            UUID before = task.workstreamId;
            task.workstreamId = next.isBlank() ? null : workstream(caller, Optional.of(next));
            changes.note("workstream", workstreamKey(before), workstreamKey(task.workstreamId));
        });
        edit.labels().ifPresent(next -> task.labels = changes.note("labels", task.labels, tidy(next)));
        edit.paths().ifPresent(next -> task.paths = changes.note("paths", task.paths, tidy(next)));
        edit.repository()
                .ifPresent(next -> task.repository = changes.note(
                        "repository",
                        task.repository,
                        PlanRules.repository(Optional.of(next)).orElse(null)));
        edit.branch().ifPresent(next -> task.branch = changes.note("branch", task.branch, text(Optional.of(next))));
        edit.references().ifPresent(next -> task.references = changes.note("references", task.references, tidy(next)));
        edit.estimateMinutes()
                .ifPresent(next -> task.estimateMinutes =
                        changes.note("estimate_minutes", task.estimateMinutes, next == 0 ? null : next));
        edit.dependsOn().ifPresent(next -> {
            List<String> wanted =
                    next.stream().map(String::strip).map(String::toUpperCase).toList();
            changes.note("depends_on", tasks.replaceDependencies(caller, task, wanted), wanted);
        });
    }

    private UUID owner(Caller caller, Optional<String> handle) {
        return handle.filter(name -> !name.isBlank())
                .map(name -> name.equals("me")
                        ? caller.developerId()
                        : developers.named(caller, name, "/owner").id())
                .orElse(null);
    }

    private String handle(Caller caller, UUID developerId) {
        return developerId == null
                ? null
                : developers
                        .find(caller, developerId)
                        .map(Developers.Member::handle)
                        .orElse("former member");
    }

    private UUID workstream(Caller caller, Optional<String> key) {
        return key.filter(name -> !name.isBlank())
                .map(name -> workstreams
                        .named(caller, name)
                        .orElseThrow(() -> Refusal.invalidField("/workstream", "There is no workstream " + name + "."))
                        .id)
                .orElse(null);
    }

    private String workstreamKey(UUID workstreamId) {
        return workstreamId == null
                ? null
                : workstreams.findById(workstreamId).key().toString();
    }

    private static List<String> tidy(List<String> items) {
        return items.stream().map(String::strip).distinct().toList();
    }

    private static String text(Optional<String> value) {
        return value.map(String::strip).filter(text -> !text.isEmpty()).orElse(null);
    }

    static Subject subject(Task task) {
        return Subject.task(task.id, task.key().toString(), Optional.ofNullable(task.workstreamId));
    }

    static Subject subject(Workstream workstream) {
        return Subject.workstream(workstream.id, workstream.key().toString());
    }
}
