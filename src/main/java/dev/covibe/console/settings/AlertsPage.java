package dev.covibe.console.settings;

import dev.covibe.console.frame.OnePicture;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Where alerts once were; they are among the diagnostics now. */
@Path("/settings/alerts")
@RunOnVirtualThread
@OnePicture
public class AlertsPage {

    @GET
    @Operation(hidden = true)
    public Response show() {
        return Response.seeOther(URI.create("/performance/diagnostics#alerts")).build();
    }
}
