package dev.covibe.site;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Serves {@link Assets}. An old version's address still answers, for pages that stand open over an update. */
@Path("/assets/{version}/{name:.+}")
public class AssetsResource {

    @GET
    @Operation(hidden = true)
    public Response file(@PathParam("name") String name) {
        Assets.Asset asset = Assets.find(name).orElseThrow(NotFoundException::new);
        return Response.ok(asset.content(), MediaType.valueOf(asset.type()).withCharset("utf-8"))
                .header("Cache-Control", "public, max-age=31536000, immutable")
                .build();
    }
}
