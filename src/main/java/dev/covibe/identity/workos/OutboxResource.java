package dev.covibe.identity.workos;

import dev.covibe.identity.CurrentCaller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What WorkOS is still to be told, over REST. */
@Path("/api/outbox")
@Tag(name = "Administration")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class OutboxResource {

    private final CurrentCaller current;
    private final Outbox outbox;

    OutboxResource(CurrentCaller current, Outbox outbox) {
        this.current = current;
        this.outbox = outbox;
    }

    @GET
    @Operation(summary = "List what WorkOS is still to be told", description = "Admins. The oldest first, at most 200.")
    @APIResponse(responseCode = "200", description = "What waits, why the last try failed, and when the next one is")
    @APIResponse(responseCode = "403", description = "`identity.admin-only`")
    public List<Outbox.Waiting> waiting() {
        return outbox.waiting(current.get());
    }

    @PUT
    @Path("/{id}/attempt")
    @Operation(summary = "Try it again now", description = "Admins, in person.")
    @APIResponse(responseCode = "204", description = "It is tried within seconds")
    @APIResponse(responseCode = "404", description = "`outbox.unknown`")
    public void tryAgain(@PathParam("id") UUID id) {
        outbox.tryAgain(current.get(), id);
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Give it up", description = "Admins, in person. WorkOS is not told of it any more.")
    @APIResponse(responseCode = "204", description = "Given up")
    @APIResponse(responseCode = "404", description = "`outbox.unknown`")
    public void giveUp(@PathParam("id") UUID id) {
        outbox.giveUp(current.get(), id);
    }
}
