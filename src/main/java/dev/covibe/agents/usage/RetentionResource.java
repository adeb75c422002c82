package dev.covibe.agents.usage;

import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.web.Body;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** How long raw telemetry is kept, over REST (AGT-8). */
@Path("/api/retention")
@Tag(name = "Retention")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class RetentionResource {

    private final CurrentCaller current;
    private final Retention retention;

    RetentionResource(CurrentCaller current, Retention retention) {
        this.current = current;
        this.retention = retention;
    }

    /** @param rawDays how long usage events and spans are kept one by one */
    @RegisterForReflection
    public record Kept(Integer rawDays) {}

    @GET
    @Operation(summary = "Read how long raw telemetry is kept")
    @APIResponse(responseCode = "200", description = "Days; daily totals stay for ever")
    public Kept get() {
        return new Kept(retention.days(current.get()));
    }

    @PUT
    @Operation(summary = "Set how long raw telemetry is kept", description = "For admins; 7 to 730 days.")
    @APIResponse(responseCode = "200", description = "Days")
    public Kept set(Kept kept) {
        return new Kept(
                retention.keep(current.get(), Body.wanted(Body.present(kept).rawDays(), "/raw_days")));
    }
}
