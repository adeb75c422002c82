package dev.covibe.overlap;

import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.web.Body;
import dev.covibe.tenancy.Idempotency;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What people say of the overlaps that are raised, over REST. */
@Path("/api/overlaps")
@Tag(name = "Overlaps")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class OverlapResource {

    private final CurrentCaller current;
    private final OverlapAnswers answers;
    private final Idempotency idempotency;

    OverlapResource(CurrentCaller current, OverlapAnswers answers, Idempotency idempotency) {
        this.current = current;
        this.answers = answers;
        this.idempotency = idempotency;
    }

    /**
     * @param one key or id of a task or workstream
     * @param other the one that it was raised with
     */
    @RegisterForReflection
    public record NewAnswer(String one, String other, OverlapVerdict verdict, Optional<String> reason) {}

    @PUT
    @Path("/answers")
    @Operation(
            summary = "Say whether two pieces of work are the same",
            description = "`different` dismisses the pair, `same` agrees; either way it is not raised again.")
    @APIResponse(responseCode = "200", description = "The answer, which replaces an earlier one")
    @APIResponse(responseCode = "404", description = "No such work in this workspace")
    public OverlapAnswer answer(@HeaderParam("Idempotency-Key") Optional<String> key, NewAnswer body) {
        Caller caller = current.get();
        Body.present(body);
        String one = Body.wanted(body.one(), "/one");
        String other = Body.wanted(body.other(), "/other");
        OverlapVerdict verdict = Body.wanted(body.verdict(), "/verdict");
        return idempotency.once(
                caller.place(),
                caller.developerId(),
                key,
                "overlaps.answer",
                body,
                OverlapAnswer.class,
                () -> answers.answer(caller, one, other, verdict, body.reason()));
    }

    @GET
    @Path("/precision")
    @Operation(summary = "Read how often what was raised was raised rightly", description = "As people answered.")
    @APIResponse(responseCode = "200", description = "Counts of answers, and the share that agreed")
    public PrecisionInUse precision() {
        return answers.precision(current.get());
    }
}
