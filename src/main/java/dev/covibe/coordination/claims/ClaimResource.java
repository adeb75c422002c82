package dev.covibe.coordination.claims;

import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.web.Body;
import dev.covibe.platform.web.Page;
import dev.covibe.tenancy.Idempotency;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
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

/** Claims over REST. */
@Path("/api/claims")
@Tag(name = "Claims")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ClaimResource {

    private final CurrentCaller current;
    private final Claims claims;
    private final ClaimQueries queries;
    private final Idempotency idempotency;

    ClaimResource(CurrentCaller current, Claims claims, ClaimQueries queries, Idempotency idempotency) {
        this.current = current;
        this.claims = claims;
        this.queries = queries;
        this.idempotency = idempotency;
    }

    /**
     * @param repository the remote in any spelling; wanted with paths
     * @param paths globs, relative to the repository's root; without any the task is claimed
     * @param mode {@code exclusive} unless told
     * @param minutes 1 to 1,440; 120 unless told
     * @param override why the claims in the way are overridden
     */
    @RegisterForReflection
    public record NewClaim(
            Optional<String> repository,
            List<String> paths,
            Optional<String> task,
            Optional<ClaimMode> mode,
            Optional<Integer> minutes,
            Optional<String> reason,
            Optional<String> override) {

        ClaimRequest request() {
            return new ClaimRequest(
                    repository,
                    paths == null ? List.of() : paths,
                    task,
                    mode.orElse(ClaimMode.EXCLUSIVE),
                    minutes,
                    reason,
                    override);
        }
    }

    @GET
    @Operation(
            summary = "List live claims",
            description = "The newest first. `repository` is a remote in any spelling. What has lapsed is not listed.")
    @APIResponse(responseCode = "200", description = "One page of claims with holder, task and expiry")
    @APIResponse(responseCode = "400", description = "`repository` names no repository")
    public Page<ClaimView> list(
            @QueryParam("repository") Optional<String> repository,
            @QueryParam("cursor") Optional<String> cursor,
            @QueryParam("limit") Optional<Integer> limit) {
        return queries.live(current.get(), repository, cursor, Page.limit(limit, Page.MOST));
    }

    @POST
    @Operation(
            summary = "Claim paths or a task",
            description = "All or nothing. What you hold already is renewed. `override` says why the claims in the way"
                    + " are overridden; their holders are told.")
    @APIResponse(responseCode = "201", description = "The claims, and those that were overridden")
    @APIResponse(responseCode = "404", description = "No such task in this workspace")
    @APIResponse(responseCode = "409", description = "`claim.held` with holder, task and expiry")
    public RestResponse<Claims.Granted> claim(@HeaderParam("Idempotency-Key") Optional<String> key, NewClaim body) {
        Caller caller = current.get();
        NewClaim wanted = Body.present(body);
        Claims.Granted granted = idempotency.once(
                caller.place(),
                caller.developerId(),
                key,
                "claims.claim",
                wanted,
                Claims.Granted.class,
                () -> claims.claim(caller, wanted.request()));
        return RestResponse.ResponseBuilder.<Claims.Granted>created(URI.create("/api/claims"))
                .entity(granted)
                .build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Release a claim", description = "One that has ended before stays as it is.")
    @APIResponse(responseCode = "204", description = "It is not held any more")
    @APIResponse(responseCode = "403", description = "`claim.not-yours`: only its holder or an admin may")
    @APIResponse(responseCode = "404", description = "No such claim in this workspace")
    public void release(@PathParam("id") UUID id) {
        claims.release(current.get(), List.of(id));
    }
}
