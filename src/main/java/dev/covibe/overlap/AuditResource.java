package dev.covibe.overlap;

import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.tenancy.Idempotency;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Audits over REST. */
@Path("/api/audits")
@Tag(name = "Overlaps")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AuditResource {

    private final CurrentCaller current;
    private final Audits audits;
    private final Idempotency idempotency;

    AuditResource(CurrentCaller current, Audits audits, Idempotency idempotency) {
        this.current = current;
        this.audits = audits;
        this.idempotency = idempotency;
    }

    @POST
    @Operation(
            summary = "Audit all work for overlaps",
            description = "Compares open work with open and recently finished work. Who asks while an audit runs gets"
                    + " the report of that one.")
    @APIResponse(responseCode = "201", description = "The report with its conflicts, the best first")
    public RestResponse<AuditReport> run(@HeaderParam("Idempotency-Key") Optional<String> key) {
        Caller caller = current.get();
        AuditReport report = idempotency.once(
                caller.place(),
                caller.developerId(),
                key,
                "audits.run",
                "audit",
                AuditReport.class,
                () -> audits.run(caller));
        return RestResponse.ResponseBuilder.<AuditReport>created(URI.create("/api/audits/latest"))
                .entity(report)
                .build();
    }

    @GET
    @Path("/latest")
    @Operation(summary = "Read the latest audit", description = "Without the pairs that have been answered since.")
    @APIResponse(responseCode = "200", description = "The report with its conflicts, the best first")
    @APIResponse(responseCode = "404", description = "`audit.none`: none has run yet")
    public AuditReport latest() {
        return audits.latest(current.get())
                .orElseThrow(() -> Refusal.notFound(
                        "audit.none", "No audit has run in this workspace yet. POST /api/audits runs one."));
    }
}
