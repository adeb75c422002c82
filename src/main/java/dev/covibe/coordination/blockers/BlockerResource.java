package dev.covibe.coordination.blockers;

import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.Body;
import dev.covibe.platform.web.Page;
import dev.covibe.tenancy.Idempotency;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Blockers over REST. */
@Path("/api/blockers")
@Tag(name = "Blockers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class BlockerResource {

    private final CurrentCaller current;
    private final Blockers blockers;
    private final BlockerQueries queries;
    private final Idempotency idempotency;

    BlockerResource(CurrentCaller current, Blockers blockers, BlockerQueries queries, Idempotency idempotency) {
        this.current = current;
        this.blockers = blockers;
        this.queries = queries;
        this.idempotency = idempotency;
    }

    /**
     * @param task key or id
     * @param kind {@code decision}, {@code dependency}, {@code access}, {@code review}, {@code environment} or
     *     {@code other}, which it is unless told
     * @param needs handle of whom it needs
     */
    @RegisterForReflection
    public record Raised(String task, Optional<BlockerKind> kind, String text, Optional<String> needs) {}

    /** @param answer 1 to 20,000 characters, Markdown */
    @RegisterForReflection
    public record Answer(String answer) {}

    @GET
    @Operation(
            summary = "List blockers",
            description = "The newest first; with `open=true` those that hold tasks up now.")
    @APIResponse(responseCode = "200", description = "One page of blockers")
    public Page<BlockerView> list(
            @QueryParam("open") @DefaultValue("false") boolean open,
            @QueryParam("cursor") Optional<String> cursor,
            @QueryParam("limit") Optional<Integer> limit) {
        return queries.page(current.get(), open, cursor, Page.limit(limit, 50));
    }

    @POST
    @Operation(summary = "Raise a blocker", description = "Whom it needs finds it in their inbox.")
    @APIResponse(responseCode = "201", description = "The blocker")
    @APIResponse(responseCode = "404", description = "No such task in this workspace")
    @APIResponse(responseCode = "409", description = "`blocker.task-closed`")
    public RestResponse<BlockerView> raise(@HeaderParam("Idempotency-Key") Optional<String> key, Raised body) {
        Caller caller = current.get();
        Raised wanted = Body.present(body);
        NewBlocker blocker = new NewBlocker(
                wanted(wanted.task(), "/task"),
                wanted.kind().orElse(BlockerKind.OTHER),
                wanted(wanted.text(), "/text"),
                wanted.needs());
        BlockerView raised = idempotency.once(
                caller.place(),
                caller.developerId(),
                key,
                "blockers.raise",
                wanted,
                BlockerView.class,
                () -> blockers.raise(caller, blocker).blocker());
        return RestResponse.ResponseBuilder.<BlockerView>created(URI.create("/api/blockers/" + raised.id()))
                .entity(raised)
                .build();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Read a blocker")
    @APIResponse(responseCode = "200", description = "The blocker, with its answer where it has one")
    @APIResponse(responseCode = "404", description = "No such blocker in this workspace")
    public BlockerView get(@PathParam("id") UUID id) {
        return queries.get(current.get(), id);
    }

    @PUT
    @Path("/{id}/answer")
    @Operation(summary = "Answer a blocker", description = "Resolves it; the answer goes to whoever is blocked.")
    @APIResponse(responseCode = "200", description = "The resolved blocker")
    @APIResponse(responseCode = "404", description = "No such blocker in this workspace")
    @APIResponse(responseCode = "409", description = "`blocker.resolved`")
    public BlockerView answer(
            @PathParam("id") UUID id, @HeaderParam("Idempotency-Key") Optional<String> key, Answer body) {
        Caller caller = current.get();
        String answer = wanted(Body.present(body).answer(), "/answer");
        return idempotency.once(
                caller.place(),
                caller.developerId(),
                key,
                "blockers.answer " + id,
                body,
                BlockerView.class,
                () -> blockers.resolve(caller, id, answer).blocker());
    }

    private static String wanted(String value, String pointer) {
        return Optional.ofNullable(value)
                .orElseThrow(() -> Refusal.invalidField(pointer, pointer.substring(1) + " is wanted."));
    }
}
