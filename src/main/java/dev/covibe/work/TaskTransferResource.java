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

/** Files of tasks, in and out (WRK-7). Bodies up to 10 MiB. */
@Path("/api/tasks")
@Tag(name = "Import and export")
@RunOnVirtualThread
public class TaskTransferResource {

    private final CurrentCaller current;
    private final Import imports;
    private final Export exports;
    private final Idempotency idempotency;
    private final Audit audit;

    TaskTransferResource(CurrentCaller current, Import imports, Export exports, Idempotency idempotency, Audit audit) {
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
    @Operation(summary = "Import tasks", description = """
                    CSV with the header `title,description,status,priority,labels,owner,workstream,paths,references` \
                    (only `title` is required; lists are separated by `|`), or one JSON object a line. All or nothing \
                    unless `partial=true`; `dry_run=true` reports what would happen and keeps nothing.""")
    @APIResponse(responseCode = "200", description = "What was created, what was refused and why, and how many overlap")
    @APIResponse(responseCode = "422", description = "`import.refused`: rows are wrong, nothing was created")
    public Response importTasks(
            @QueryParam("project") Optional<String> project,
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
                        "tasks.import " + project.orElse(""),
                        body,
                        () -> imports.tasks(caller, project, TransferFiles.form(mediaType), body, options)),
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
    @Operation(
            summary = "Export tasks",
            description = "`format` is `csv` (the default) or `jsonl`. Reads back with import.")
    @APIResponse(responseCode = "200", description = "A file of all tasks, the oldest first")
    public Response exportTasks(
            @QueryParam("format") Optional<String> format, @QueryParam("project") Optional<String> project) {
        Caller caller = current.get();
        Import.Form form = TransferFiles.form(format);
        audit.record(caller, "export.taken", "tasks");
        return TransferFiles.file("tasks", form, writer -> exports.tasks(caller, project, form, writer));
    }
}
