package dev.covibe.work;

import dev.covibe.identity.Audit;
import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.tenancy.Idempotency;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Files of workstreams, in and out (WRK-7). Bodies up to 10 MiB. */
@Path("/api/workstreams")
@Tag(name = "Import and export")
@RunOnVirtualThread
public class WorkstreamTransferResource {

    private final CurrentCaller current;
    private final Import imports;
    private final Export exports;
    private final Idempotency idempotency;
    private final Audit audit;

    WorkstreamTransferResource(
            CurrentCaller current, Import imports, Export exports, Idempotency idempotency, Audit audit) {
        this.current = current;
        this.imports = imports;
        this.exports = exports;
        this.idempotency = idempotency;
        this.audit = audit;
    }

    @POST
    @Path("/import")
    @Consumes({TransferFiles.CSV, TransferFiles.JSON_LINES})
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Import workstreams",
            description =
                    "CSV with the header `name,goal,status,owner,target_date` (only `name` is required), or JSON Lines.")
    @APIResponse(responseCode = "200", description = "What was created, what was refused and why")
    @APIResponse(responseCode = "422", description = "`import.refused`: rows are wrong, nothing was created")
    public Response importWorkstreams(
            @QueryParam("dry_run") boolean dryRun,
            @QueryParam("partial") boolean partial,
            @HeaderParam("Content-Type") String mediaType,
            @HeaderParam("Idempotency-Key") Optional<String> key,
            @Context RoutingContext context,
            @RequestBody(
                            content = {
                                @Content(mediaType = TransferFiles.CSV, schema = @Schema(type = SchemaType.STRING)),
                                @Content(
                                        mediaType = TransferFiles.JSON_LINES,
                                        schema = @Schema(type = SchemaType.STRING))
                            })
                    String body) {
        Caller caller = current.get();
        Import.Options options = new Import.Options(dryRun, partial);
        return TransferFiles.answer(
                once(
                        caller,
                        key,
                        options,
                        "workstreams.import",
                        body,
                        () -> imports.workstreams(caller, TransferFiles.form(mediaType), body, options)),
                options,
                context);
    }

    private Import.Answer once(
            Caller caller,
            Optional<String> key,
            Import.Options options,
            String operation,
            String body,
            Supplier<Import.Answer> work) {
        if (options.dryRun()) {
            return work.get();
        }
        return idempotency.once(caller.place(), caller.developerId(), key, operation, body, Import.Answer.class, work);
    }

    @GET
    @Path("/export")
    @Operation(summary = "Export workstreams", description = "`format` is `csv` (the default) or `jsonl`.")
    @APIResponse(responseCode = "200", description = "A file of all workstreams, the oldest first")
    public Response exportWorkstreams(@QueryParam("format") Optional<String> format) {
        Caller caller = current.get();
        Import.Form form = TransferFiles.form(format);
        audit.record(caller, "export.taken", "workstreams");
        return TransferFiles.file("workstreams", form, writer -> exports.workstreams(caller, form, writer));
    }
}
