package dev.covibe.work;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.problem.Problem;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.TraceIds;
import dev.covibe.tenancy.Idempotency;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Files of tasks and workstreams, in and out (WRK-7). Bodies up to 10 MiB. */
@Path("/api")
@Tag(name = "Import and export")
@RunOnVirtualThread
public class TransferResource {

    private static final String CSV = "text/csv";
    private static final String JSON_LINES = "application/x-ndjson";

    private final CurrentCaller current;
    private final Import imports;
    private final Export exports;
    private final Idempotency idempotency;

    TransferResource(CurrentCaller current, Import imports, Export exports, Idempotency idempotency) {
        this.current = current;
        this.imports = imports;
        this.exports = exports;
        this.idempotency = idempotency;
    }

    @POST
    @Path("/tasks/import")
    @Consumes({CSV, JSON_LINES})
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
            RoutingContext context,
            String body) {
        Caller caller = current.get();
        Import.Options options = new Import.Options(dryRun, partial);
        return answer(
                once(
                        caller,
                        key.filter(_ -> !dryRun),
                        "tasks.import " + project.orElse(""),
                        body,
                        () -> imports.tasks(caller, project, form(mediaType), body, options)),
                options,
                context);
    }

    @POST
    @Path("/workstreams/import")
    @Consumes({CSV, JSON_LINES})
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
            RoutingContext context,
            String body) {
        Caller caller = current.get();
        Import.Options options = new Import.Options(dryRun, partial);
        return answer(
                once(
                        caller,
                        key.filter(_ -> !dryRun),
                        "workstreams.import",
                        body,
                        () -> imports.workstreams(caller, form(mediaType), body, options)),
                options,
                context);
    }

    private Import.Answer once(
            Caller caller, Optional<String> key, String operation, String body, Supplier<Import.Answer> work) {
        return idempotency.once(caller.place(), caller.developerId(), key, operation, body, Import.Answer.class, work);
    }

    /** A refused file as a problem, with the rows at fault beside what every problem says. */
    @RegisterForReflection
    public record RefusedFile(
            String type,
            String title,
            int status,
            String detail,
            String code,
            @JsonProperty("traceId") String traceId,
            List<Import.Created> created,
            List<Import.Refused> refused) {}

    private static Response answer(Import.Answer answer, Import.Options options, RoutingContext context) {
        if (answer.refused().isEmpty() || options.partial() || options.dryRun()) {
            return Response.ok(answer).build();
        }
        String detail =
                answer.refused().size() + " rows are wrong, so nothing was imported. Mend them, or send partial=true"
                        + " to import the others.";
        Problem problem = Problem.of(422, "import.refused", detail, TraceIds.of(context));
        return Response.status(422)
                .type(Problem.MEDIA_TYPE)
                .entity(new RefusedFile(
                        problem.type(),
                        problem.title(),
                        problem.status(),
                        problem.detail(),
                        problem.code(),
                        problem.traceId(),
                        answer.created(),
                        answer.refused()))
                .build();
    }

    private static Import.Form form(String mediaType) {
        return MediaType.valueOf(mediaType).isCompatible(MediaType.valueOf(CSV))
                ? Import.Form.CSV
                : Import.Form.JSON_LINES;
    }

    @GET
    @Path("/tasks/export")
    @Operation(
            summary = "Export tasks",
            description = "`format` is `csv` (the default) or `jsonl`. Reads back with import.")
    @APIResponse(responseCode = "200", description = "A file of all tasks, the oldest first")
    public Response exportTasks(
            @QueryParam("format") Optional<String> format, @QueryParam("project") Optional<String> project) {
        Caller caller = current.get();
        Import.Form form = form(format);
        return file("tasks", form, writer -> exports.tasks(caller, project, form, writer));
    }

    @GET
    @Path("/workstreams/export")
    @Operation(summary = "Export workstreams", description = "`format` is `csv` (the default) or `jsonl`.")
    @APIResponse(responseCode = "200", description = "A file of all workstreams, the oldest first")
    public Response exportWorkstreams(@QueryParam("format") Optional<String> format) {
        Caller caller = current.get();
        Import.Form form = form(format);
        return file("workstreams", form, writer -> exports.workstreams(caller, form, writer));
    }

    private static Import.Form form(Optional<String> format) {
        return switch (format.orElse("csv")) {
            case "csv" -> Import.Form.CSV;
            case "jsonl", "ndjson" -> Import.Form.JSON_LINES;
            default -> throw Refusal.invalidField("format", "The format is csv or jsonl.");
        };
    }

    private interface Content {
        void writeTo(Writer writer) throws IOException;
    }

    private static Response file(String name, Import.Form form, Content content) {
        StreamingOutput output = stream -> content.writeTo(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
        String extension =
                switch (form) {
                    case CSV -> "csv";
                    case JSON_LINES -> "jsonl";
                };
        String mediaType =
                switch (form) {
                    case CSV -> CSV + ";charset=utf-8";
                    case JSON_LINES -> JSON_LINES;
                };
        return Response.ok(output, mediaType)
                .header("Content-Disposition", "attachment; filename=\"" + name + "." + extension + "\"")
                .build();
    }
}
