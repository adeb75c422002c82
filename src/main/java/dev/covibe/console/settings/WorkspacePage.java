package dev.covibe.console.settings;

import dev.covibe.console.frame.Frames;
import dev.covibe.identity.PersonSessions;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.Cookies;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Moving to another workspace of the reader's, from the rail. */
@Path("/workspace")
@RunOnVirtualThread
public class WorkspacePage {

    private final Frames frames;
    private final PersonSessions sessions;
    private final Cookies cookies;

    WorkspacePage(Frames frames, PersonSessions sessions, Cookies cookies) {
        this.frames = frames;
        this.sessions = sessions;
        this.cookies = cookies;
    }

    @POST
    @Operation(hidden = true)
    public Response enter(@FormParam("workspace") UUID workspace, RoutingContext context) {
        frames.caller();
        boolean entered = cookies.read(context, Cookies.SESSION)
                .map(secret -> sessions.enter(secret, workspace))
                .orElse(false);
        if (!entered) {
            throw Refusal.notFound("workspace.unknown", "There is no such workspace.");
        }
        return Response.seeOther(URI.create("/workstreams")).build();
    }
}
