package dev.covibe.work;

import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.journal.EventKind;
import dev.covibe.journal.Journal;
import dev.covibe.journal.WorkEvent;
import dev.covibe.overlap.Confirmation;
import dev.covibe.overlap.OverlapReport;
import dev.covibe.platform.problem.Problem;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.Body;
import dev.covibe.platform.web.Page;
import dev.covibe.tenancy.Idempotency;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

/** Tasks over REST, by cookie or bearer token (OPS-14). {@code key} is a task's key ({@code WEB-12}) or id. */
@Path("/api/tasks")
@Tag(name = "Tasks")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TaskResource {

    private static final String IDEMPOTENCY = "Idempotency-Key";

    private final CurrentCaller current;
    private final Planning planning;
    private final Progress progress;
    private final WorkQueries queries;
    private final Journal journal;
    private final Idempotency idempotency;

    TaskResource(
            CurrentCaller current,
            Planning planning,
            Progress progress,
            WorkQueries queries,
            Journal journal,
            Idempotency idempotency) {
        this.current = current;
        this.planning = planning;
        this.progress = progress;
        this.queries = queries;
        this.journal = journal;
        this.idempotency = idempotency;
    }

    /**
     * A plan and, where it was refused before, what is confirmed.
     *
     * @param confirm ids of the candidates that were looked at
     * @param confirmReason why the work is not a duplicate; wanted with {@code confirm} and kept
     */
    @RegisterForReflection
    public record NewTask(
            String title,
            Optional<String> description,
            Optional<String> project,
            Optional<String> workstream,
            Optional<String> status,
            Optional<String> owner,
            Optional<String> priority,
            List<String> labels,
            List<String> paths,
            Optional<String> repository,
            Optional<String> branch,
            List<String> references,
            List<String> dependsOn,
            Optional<Integer> estimateMinutes,
            List<UUID> confirm,
            Optional<String> confirmReason) {

        TaskPlan plan() {
            return new TaskPlan(
                    title,
                    description,
                    project,
                    workstream,
                    status,
                    owner,
                    priority,
                    labels,
                    paths,
                    repository,
                    branch,
                    references,
                    dependsOn,
                    estimateMinutes);
        }

        Confirmation confirmation() {
            return new Confirmation(confirm == null ? List.of() : confirm, confirmReason);
        }
    }

    @GET
    @Operation(
            summary = "List tasks",
            description = "The last changed first. Filters combine; `status` may be repeated.")
    @APIResponse(responseCode = "200", description = "One page of tasks")
    public TaskList list(
            @QueryParam("status") List<String> statuses,
            @QueryParam("text") Optional<String> text,
            @QueryParam("project") Optional<String> project,
            @QueryParam("owner") Optional<String> owner,
            @QueryParam("workstream") Optional<String> workstream,
            @QueryParam("label") Optional<String> label,
            @QueryParam("path") Optional<String> path,
            @QueryParam("ready") boolean ready,
            @QueryParam("blocked") boolean blocked,
            @QueryParam("cursor") Optional<String> cursor,
            @QueryParam("limit") Optional<Integer> limit) {
        Set<TaskStatus> wanted = statuses.stream().map(TaskStatus::of).collect(Collectors.toSet());
        TaskFilter filter = new TaskFilter(wanted, text, project, owner, workstream, label, path, ready, blocked);
        return queries.find(current.get(), filter, cursor, Page.limit(limit, 50));
    }

    @POST
    @Operation(
            summary = "Plan a task",
            description =
                    "Refused with `overlap.confirmation-required` and the candidates when it looks like other work.")
    @APIResponse(responseCode = "201", description = "The task")
    @APIResponse(
            responseCode = "409",
            description = "It looks like other work, or the idempotency key was used for another request",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public RestResponse<TaskView> plan(@HeaderParam(IDEMPOTENCY) Optional<String> key, NewTask task) {
        Caller caller = current.get();
        NewTask wanted = Body.present(task);
        TaskView planned = once(
                caller,
                key,
                "tasks.plan",
                wanted,
                () -> planning.planTask(caller, wanted.plan(), wanted.confirmation()));
        return RestResponse.ResponseBuilder.<TaskView>created(URI.create("/api/tasks/" + planned.key()))
                .entity(planned)
                .build();
    }

    @POST
    @Path("/candidates")
    @Operation(summary = "Check a plan for overlap without creating it")
    @APIResponse(responseCode = "200", description = "What looks like it, best first, with the signals in words")
    public OverlapReport check(NewTask draft) {
        return planning.check(current.get(), Body.present(draft).plan());
    }

    @GET
    @Path("/{key}")
    @Operation(summary = "Read a task")
    @APIResponse(responseCode = "200", description = "The task")
    @APIResponse(responseCode = "404", description = "No such task in this workspace")
    public TaskView get(String key) {
        return queries.task(current.get(), key);
    }

    @GET
    @Path("/{key}/events")
    @Operation(summary = "Read a task's story", description = "Its work events, newest first, at most 200.")
    @APIResponse(responseCode = "200", description = "Work events with actor, before and after")
    @APIResponse(responseCode = "404", description = "No such task in this workspace")
    public List<WorkEvent> story(String key) {
        Caller caller = current.get();
        return journal.ofTask(caller, queries.task(caller, key).id(), Page.MOST);
    }

    @PATCH
    @Path("/{key}")
    @Operation(summary = "Change a task's fields", description = "Absent fields stay; an empty text clears.")
    @APIResponse(responseCode = "200", description = "The task after the change")
    @APIResponse(responseCode = "404", description = "No such task in this workspace")
    public TaskView edit(String key, @HeaderParam(IDEMPOTENCY) Optional<String> idempotencyKey, TaskEdit edit) {
        Caller caller = current.get();
        TaskEdit wanted = Body.present(edit);
        return once(caller, idempotencyKey, "tasks.edit " + key, wanted, () -> planning.edit(caller, key, wanted));
    }

    /** @param status where the task goes */
    @RegisterForReflection
    public record NewStatus(TaskStatus status) {}

    @PUT
    @Path("/{key}/status")
    @Operation(summary = "Move a task by hand")
    @APIResponse(responseCode = "200", description = "The task after the move")
    @APIResponse(responseCode = "409", description = "It cannot go there from where it is")
    public TaskView move(String key, @HeaderParam(IDEMPOTENCY) Optional<String> idempotencyKey, NewStatus status) {
        Caller caller = current.get();
        TaskStatus next = Body.wanted(Body.present(status).status(), "/status");
        return once(caller, idempotencyKey, "tasks.move " + key, status, () -> progress.move(caller, key, next));
    }

    @PUT
    @Path("/{key}/ownership")
    @Consumes(MediaType.WILDCARD)
    @Operation(summary = "Take a task", description = "Atomic: of all who try at once, one gets it.")
    @APIResponse(responseCode = "200", description = "The task, now the caller's")
    @APIResponse(
            responseCode = "409",
            description = "`task.already-taken` with the holder, `task.blocked`, `task.ended`")
    public TaskView take(String key, @HeaderParam(IDEMPOTENCY) Optional<String> idempotencyKey) {
        Caller caller = current.get();
        return once(
                caller,
                idempotencyKey,
                "tasks.take",
                key,
                () -> progress.take(caller, Optional.of(key), Optional.empty()));
    }

    /** @param outcome {@code done} or {@code cancelled} */
    @RegisterForReflection
    public record Completion(Outcome outcome, Optional<String> summary) {}

    @PUT
    @Path("/{key}/completion")
    @Operation(summary = "Finish or cancel a task")
    @APIResponse(responseCode = "200", description = "The ended task")
    @APIResponse(responseCode = "409", description = "It has ended before")
    public TaskView finish(
            String key, @HeaderParam(IDEMPOTENCY) Optional<String> idempotencyKey, Completion completion) {
        Caller caller = current.get();
        Outcome outcome = Body.wanted(Body.present(completion).outcome(), "/outcome");
        return once(
                caller,
                idempotencyKey,
                "tasks.finish " + key,
                completion,
                () -> progress.finish(caller, key, outcome, completion.summary().orElse("")));
    }

    /**
     * @param kind {@code progress} or {@code note}
     * @param text 1 to 20,000 characters, Markdown
     */
    @RegisterForReflection
    public record NewEntry(String kind, String text) {}

    @RegisterForReflection
    public record Entry(UUID event) {}

    @POST
    @Path("/{key}/entries")
    @ResponseStatus(201)
    @Operation(summary = "Write into a task's story")
    @APIResponse(responseCode = "201", description = "The event's id")
    @APIResponse(responseCode = "404", description = "No such task in this workspace")
    public Entry log(String key, @HeaderParam(IDEMPOTENCY) Optional<String> idempotencyKey, NewEntry entry) {
        Caller caller = current.get();
        String text = Body.wanted(Body.present(entry).text(), "/text");
        EventKind kind =
                switch (Body.wanted(entry.kind(), "/kind")) {
                    case "progress" -> EventKind.PROGRESSED;
                    case "note" -> EventKind.NOTED;
                    default -> throw Refusal.invalidField("/kind", "The kind is progress or note.");
                };
        return idempotency.once(
                caller.place(),
                caller.developerId(),
                idempotencyKey,
                "tasks.log " + key,
                entry,
                Entry.class,
                () -> new Entry(progress.log(caller, key, kind, text)));
    }

    private TaskView once(
            Caller caller, Optional<String> key, String operation, Object request, Supplier<TaskView> work) {
        return idempotency.once(caller.place(), caller.developerId(), key, operation, request, TaskView.class, work);
    }
}
