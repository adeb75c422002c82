package dev.covibe.site;

import dev.covibe.platform.web.Origins;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The product's front door (SIT-1): who is signed in goes straight to the work, everybody else learns what this is. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class HomePage {

    private final Visits visits;
    private final Origins origins;

    HomePage(Visits visits, Origins origins) {
        this.visits = visits;
        this.origins = origins;
    }

    @CheckedTemplate(basePath = "landing")
    static class Templates {
        private Templates() {}

        static native TemplateInstance landing(Visit visit, LandingView view);
    }

    @GET
    @Operation(hidden = true)
    public Response home(RoutingContext context) {
        Visit visit = visits.visit("Know what your agents are doing", context);
        if (visit.signedIn()) {
            return Response.seeOther(URI.create("/workstreams")).build();
        }
        return Response.ok(Templates.landing(visit, LandingView.of(origins.origin(context))))
                .header("Cache-Control", "no-cache")
                .header("Vary", "Cookie")
                .build();
    }

    @GET
    @Path("/landing")
    @Operation(hidden = true)
    public Response landing() {
        return Response.seeOther(URI.create("/")).build();
    }
}
