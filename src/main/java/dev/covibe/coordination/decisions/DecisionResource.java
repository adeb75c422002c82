package dev.covibe.coordination.decisions;

import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
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
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Questions and decisions over REST. */
@Path("/api/decisions")
@Tag(name = "Decisions")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DecisionResource {

    private final CurrentCaller current;
    private final Decisions decisions;
    private final DecisionQueries queries;
    private final Idempotency idempotency;

    DecisionResource(CurrentCaller current, Decisions decisions, DecisionQueries queries, Idempotency idempotency) {
        this.current = current;
        this.decisions = decisions;
        this.queries = queries;
        this.idempotency = idempotency;
    }

    /**
     * @param tasks keys of the tasks that it is about
     * @param needs handle of who should decide
     * @param choice what is decided; without it a decision is wanted
     */
    @RegisterForReflection
    public record Question(
            String question,
            List<String> options,
            List<String> tasks,
            Optional<String> needs,
            Optional<String> choice,
            Optional<String> reason) {

        NewDecision decision() {
            return new NewDecision(
                    question == null ? "" : question,
                    options == null ? List.of() : options,
                    tasks == null ? List.of() : tasks,
                    needs,
                    choice,
                    reason);
        }
    }

    /** @param choice 1 to 2,000 characters */
    @RegisterForReflection
    public record Choice(Optional<String> choice, Optional<String> reason) {}

    @GET
    @Operation(
            summary = "List or search decisions",
            description = "The last asked first; with `open=true` those that are wanted; with `text` the best 200 at"
                    + " once, found by words of question, choice and reason.")
    @APIResponse(responseCode = "200", description = "One page of decisions")
    public Page<DecisionView> list(
            @QueryParam("text") Optional<String> text,
            @QueryParam("open") @DefaultValue("false") boolean open,
            @QueryParam("cursor") Optional<String> cursor,
            @QueryParam("limit") Optional<Integer> limit) {
        int most = Page.limit(limit, 50);
        return text.filter(words -> !words.isBlank())
                .map(words -> new Page<>(queries.search(current.get(), words, most), Optional.empty()))
                .orElseGet(() -> queries.page(current.get(), open, cursor, most));
    }

    @POST
    @Operation(
            summary = "Ask for a decision, or record one",
            description = "The same question is not asked twice while it stands open.")
    @APIResponse(responseCode = "201", description = "The question, decided where it had a choice")
    @APIResponse(responseCode = "404", description = "No such task in this workspace")
    @APIResponse(responseCode = "409", description = "`decision.made`, to an agent that asks again, with the choice")
    public RestResponse<DecisionView> put(@HeaderParam("Idempotency-Key") Optional<String> key, Question body) {
        Caller caller = current.get();
        Question wanted = Body.present(body);
        DecisionView decision = idempotency.once(
                caller.place(), caller.developerId(), key, "decisions.put", wanted, DecisionView.class, () -> decisions
                        .put(caller, wanted.decision())
                        .decision());
        return RestResponse.ResponseBuilder.<DecisionView>created(URI.create("/api/decisions/" + decision.id()))
                .entity(decision)
                .build();
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Read a decision")
    @APIResponse(responseCode = "200", description = "The question, with its choice where it has one")
    @APIResponse(responseCode = "404", description = "No such decision in this workspace")
    public DecisionView get(@PathParam("id") UUID id) {
        return queries.get(current.get(), id);
    }

    @PUT
    @Path("/{id}/choice")
    @Operation(summary = "Decide a question", description = "Whoever asked finds the choice in their inbox.")
    @APIResponse(responseCode = "200", description = "The decision")
    @APIResponse(responseCode = "404", description = "No such decision in this workspace")
    @APIResponse(responseCode = "409", description = "`decision.made`, with the choice")
    public DecisionView decide(
            @PathParam("id") UUID id, @HeaderParam("Idempotency-Key") Optional<String> key, Choice body) {
        Caller caller = current.get();
        Choice wanted = Body.present(body);
        return idempotency.once(
                caller.place(),
                caller.developerId(),
                key,
                "decisions.decide " + id,
                wanted,
                DecisionView.class,
                () -> decisions
                        .decide(caller, id, wanted.choice(), wanted.reason())
                        .decision());
    }
}
