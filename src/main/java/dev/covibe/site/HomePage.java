package dev.covibe.site;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The bare address leads to the work; whoever is not signed in is led to signing in from there. */
@Path("/")
public class HomePage {

    @GET
    @Operation(hidden = true)
    public Response home() {
        return Response.seeOther(URI.create("/workstreams")).build();
    }
}
