package dev.covibe.reset;

import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.web.Body;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Starting over, over REST (IDN-11). */
@Path("/api/workspace/reset")
@Tag(name = "Administration")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ResetResource {

    private final CurrentCaller current;
    private final Reset reset;

    ResetResource(CurrentCaller current, Reset reset) {
        this.current = current;
        this.reset = reset;
    }

    /** @param tenant the company's name, typed */
    @RegisterForReflection
    public record Confirmation(String tenant) {}

    @POST
    @Operation(summary = "Delete all work of the company", description = """
                    Admins, in person, who send the company's name. In every workspace tasks, workstreams, sessions, usage, \
                    spans, events, messages, claims and all else that is work goes; people, workspaces, projects, tokens \
                    and settings stay. Safe to send again when it was interrupted: it finishes.""")
    @APIResponse(responseCode = "200", description = "What was deleted, by workspace and table")
    @APIResponse(responseCode = "400", description = "The name is not the company's")
    @APIResponse(responseCode = "403", description = "`identity.admin-only`, `identity.people-only`")
    @APIResponse(responseCode = "409", description = "`workspace.reset-interrupted`: some workspaces are not done yet")
    public Reset.Report run(Confirmation confirmation) {
        return reset.run(current.get(), Body.wanted(Body.present(confirmation).tenant(), "/tenant"));
    }
}
