package dev.covibe.companion;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What machines install the companion from (CMP-1). Public: there is no secret in it. */
@Path("/downloads")
@PermitAll
public class DownloadsResource {

    private static final CompanionPackage COMPANION = CompanionPackage.ofThisBuild();

    @GET
    @Path("/co-vibe.tgz")
    @Produces("application/gzip")
    @Operation(hidden = true)
    public Response tarball(@HeaderParam("If-None-Match") Optional<String> known) {
        String tag = "\"" + COMPANION.manifest().sha256() + "\"";
        Response.ResponseBuilder answer =
                known.equals(Optional.of(tag)) ? Response.notModified() : Response.ok(COMPANION.tarball());
        // The address stays while the package changes, so it is asked for anew, and mostly not sent anew.
        return answer.header("ETag", tag).header("Cache-Control", "no-cache").build();
    }

    @GET
    @Path("/co-vibe.json")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(hidden = true)
    public Response manifest() {
        return Response.ok(COMPANION.manifest())
                .header("Cache-Control", "no-store")
                .build();
    }
}
