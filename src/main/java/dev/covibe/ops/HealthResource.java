package dev.covibe.ops;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirements;
import org.jboss.resteasy.reactive.RestResponse;

/** {@code /api/health}: public, for uptime checks and for {@code doctor}. */
@Path("/api/health")
@Produces(MediaType.APPLICATION_JSON)
class HealthResource {

    private final Health health;

    HealthResource(Health health) {
        this.health = health;
    }

    @GET
    @PermitAll
    @RunOnVirtualThread
    @SecurityRequirements
    @Operation(summary = "Whether the server can serve", description = "Public and aggregate; never cached.")
    @APIResponse(
            responseCode = "200",
            description = "A user would be served.",
            content = @Content(schema = @Schema(implementation = HealthReport.class)))
    @APIResponse(
            responseCode = "503",
            description = "A user would fail; the answer says what is missing.",
            content = @Content(schema = @Schema(implementation = HealthReport.class)))
    public RestResponse<HealthReport> read() {
        HealthReport report = health.report();
        return RestResponse.ResponseBuilder.create(
                        report.status() == HealthReport.Status.ok
                                ? RestResponse.Status.OK
                                : RestResponse.Status.SERVICE_UNAVAILABLE,
                        report)
                .header("Cache-Control", "no-store")
                .build();
    }
}
