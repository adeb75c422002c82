package dev.covibe.identity.audit;

import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.web.Cursor;
import dev.covibe.platform.web.Page;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The audit log over REST (IDN-10). */
@Path("/api/audit")
@Tag(name = "Administration")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AuditResource {

    private static final int USUAL = 50;

    private final CurrentCaller current;
    private final AuditLog log;

    AuditResource(CurrentCaller current, AuditLog log) {
        this.current = current;
        this.log = log;
    }

    @GET
    @Operation(summary = "Read the audit log", description = """
                    The newest first. `actor` is a handle; `action` an action such as `token.created`, or `token` for all \
                    of its kind; `from` and `until` are days (UTC, `until` included) or times.""")
    @APIResponse(responseCode = "200", description = "A page of entries")
    @APIResponse(responseCode = "403", description = "`identity.admin-only`")
    public Page<AuditLog.Entry> entries(
            @QueryParam("actor") Optional<String> actor,
            @QueryParam("action") Optional<String> action,
            @QueryParam("from") Optional<String> from,
            @QueryParam("until") Optional<String> until,
            @QueryParam("cursor") Optional<String> cursor,
            @QueryParam("limit") Optional<Integer> limit) {
        return log.page(
                current.get(),
                new AuditLog.Filter(actor, action, Span.from(from), Span.until(until)),
                cursor.map(Cursor::of),
                Page.limit(limit, USUAL));
    }

    @GET
    @Path("/export")
    @Produces("text/csv")
    @Operation(
            summary = "Export the audit log",
            description = "CSV with the same filters. That it was taken is itself an entry of the log.")
    @APIResponse(responseCode = "200", description = "A file, the newest entry first")
    @APIResponse(responseCode = "403", description = "`identity.admin-only`")
    public Response export(
            @QueryParam("actor") Optional<String> actor,
            @QueryParam("action") Optional<String> action,
            @QueryParam("from") Optional<String> from,
            @QueryParam("until") Optional<String> until) {
        Caller caller = current.get();
        AuditLog.Filter filter = new AuditLog.Filter(actor, action, Span.from(from), Span.until(until));
        return log.file(caller, filter);
    }
}
