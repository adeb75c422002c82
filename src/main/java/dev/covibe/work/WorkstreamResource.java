package dev.covibe.work;

import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.journal.Journal;
import dev.covibe.journal.WorkEvent;
import dev.covibe.overlap.Confirmation;
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
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Workstreams over REST. {@code key} is a workstream's key ({@code WS-3}). */
@Path("/api/workstreams")
@Tag(name = "Workstreams")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class WorkstreamResource {

    private static final String IDEMPOTENCY = "Idempotency-Key";

    private final CurrentCaller current;
    private final Planning planning;
    private final Progress progress;
    private final WorkstreamQueries queries;
    private final Journal journal;
    private final Idempotency idempotency;

    WorkstreamResource(
            CurrentCaller current,
            Planning planning,
            Progress progress,
            WorkstreamQueries queries,
            Journal journal,
            Idempotency idempotency) {
        this.current = current;
        this.planning = planning;
        this.progress = progress;
        this.queries = queries;
        this.journal = journal;
        this.idempotency = idempotency;
    }

    /** A plan and, where it was refused before, what is confirmed. */
    @RegisterForReflection
    public record NewWorkstream(
            String name,
            Optional<String> goal,
            Optional<String> owner,
            Optional<LocalDate> targetDate,
            List<String> paths,
            Optional<String> repository,
            List<UUID> confirm,
            Optional<String> confirmReason) {

        WorkstreamPlan plan() {
            return new WorkstreamPlan(name, goal, owner, targetDate, paths, repository);
        }

        Confirmation confirmation() {
            return new Confirmation(confirm == null ? List.of() : confirm, confirmReason);
        }
    }

    @GET
    @Operation(summary = "List workstreams", description = "The last changed first; `status` may be repeated.")
    @APIResponse(responseCode = "200", description = "One page of workstreams with their task counts")
    public Page<WorkstreamView> list(
            @QueryParam("status") List<String> statuses,
            @QueryParam("cursor") Optional<String> cursor,
            @QueryParam("limit") Optional<Integer> limit) {
        Set<WorkstreamStatus> wanted =
                statuses.stream().map(WorkstreamStatus::of).collect(Collectors.toSet());
        return queries.list(current.get(), wanted, cursor, Page.limit(limit, 50));
    }

    @POST
    @Operation(
            summary = "Plan a workstream",
            description =
                    "Refused with `overlap.confirmation-required` and the candidates when it looks like other work.")
    @APIResponse(responseCode = "201", description = "The workstream")
    @APIResponse(responseCode = "409", description = "It looks like other work")
    public RestResponse<WorkstreamView> plan(@HeaderParam(IDEMPOTENCY) Optional<String> key, NewWorkstream body) {
        Caller caller = current.get();
        NewWorkstream wanted = Body.present(body);
        WorkstreamView planned = idempotency.once(
                caller.place(),
                caller.developerId(),
                key,
                "workstreams.plan",
                wanted,
                WorkstreamView.class,
                () -> planning.planWorkstream(caller, wanted.plan(), wanted.confirmation()));
        return RestResponse.ResponseBuilder.<WorkstreamView>created(URI.create("/api/workstreams/" + planned.key()))
                .entity(planned)
                .build();
    }

    @GET
    @Path("/{key}")
    @Operation(summary = "Read a workstream")
    @APIResponse(responseCode = "200", description = "The workstream with its task counts and recent tasks")
    @APIResponse(responseCode = "404", description = "No such workstream in this workspace")
    public WorkstreamView get(String key) {
        return queries.get(current.get(), key);
    }

    @PATCH
    @Path("/{key}")
    @Operation(summary = "Change a workstream's fields", description = "Absent fields stay; an empty text clears.")
    @APIResponse(responseCode = "200", description = "The workstream after the change")
    @APIResponse(responseCode = "404", description = "No such workstream in this workspace")
    public WorkstreamView edit(
            String key, @HeaderParam(IDEMPOTENCY) Optional<String> idempotencyKey, WorkstreamEdit edit) {
        Caller caller = current.get();
        WorkstreamEdit wanted = Body.present(edit);
        return idempotency.once(
                caller.place(),
                caller.developerId(),
                idempotencyKey,
                "workstreams.edit " + key,
                wanted,
                WorkstreamView.class,
                () -> planning.edit(caller, key, wanted));
    }

    @GET
    @Path("/{key}/events")
    @Operation(
            summary = "Read a workstream's story",
            description = "Its own and its tasks' events, newest first, at most 200.")
    @APIResponse(responseCode = "200", description = "Work events with actor, before and after")
    @APIResponse(responseCode = "404", description = "No such workstream in this workspace")
    public List<WorkEvent> story(String key) {
        Caller caller = current.get();
        return journal.ofWorkstream(caller, queries.get(caller, key).id(), Page.MOST);
    }

    @PUT
    @Path("/{key}/completion")
    @Operation(summary = "Finish or cancel a workstream", description = "Its open tasks stay as they are.")
    @APIResponse(responseCode = "200", description = "The ended workstream")
    @APIResponse(responseCode = "409", description = "It has ended before")
    public WorkstreamView finish(
            String key, @HeaderParam(IDEMPOTENCY) Optional<String> idempotencyKey, TaskResource.Completion completion) {
        Caller caller = current.get();
        Outcome outcome = Body.wanted(Body.present(completion).outcome(), "/outcome");
        return idempotency.once(
                caller.place(),
                caller.developerId(),
                idempotencyKey,
                "workstreams.finish " + key,
                completion,
                WorkstreamView.class,
                () -> progress.finishWorkstream(
                        caller, key, outcome, completion.summary().orElse("")));
    }
}
