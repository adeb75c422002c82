package dev.covibe.console.settings;

import dev.covibe.console.frame.Frames;
import dev.covibe.identity.Moving;
import dev.covibe.platform.problem.Refusal;
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
    private final Moving moving;

    WorkspacePage(Frames frames, Moving moving) {
        this.frames = frames;
        this.moving = moving;
    }

    @POST
    @Operation(hidden = true)
    public Response enter(@FormParam("workspace") UUID workspace, RoutingContext context) {
        frames.caller();
        return switch (moving.enter(context, workspace)) {
            case Moving.Answer.Entered _ ->
                Response.seeOther(URI.create("/workstreams")).build();
            case Moving.Answer.AnotherCompany _ ->
                Response.seeOther(URI.create("/auth/switch?workspace=" + workspace))
                        .build();
            case Moving.Answer.Unknown _ -> throw Refusal.notFound("workspace.unknown", "There is no such workspace.");
        };
    }
}
