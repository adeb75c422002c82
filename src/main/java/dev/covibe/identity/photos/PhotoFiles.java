package dev.covibe.identity.photos;

import dev.covibe.identity.CurrentCaller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where photos are shown from (IDN-13). */
@Path("/photos")
@Tag(name = "Administration")
@RunOnVirtualThread
public class PhotoFiles {

    private final CurrentCaller current;
    private final Photos photos;

    PhotoFiles(CurrentCaller current, Photos photos) {
        this.current = current;
        this.photos = photos;
    }

    @GET
    @Path("/{hash}/{size}")
    // A refusal is JSON or a page, whichever the caller takes.
    @Produces({"image/jpeg", MediaType.APPLICATION_JSON, MediaType.TEXT_HTML})
    @Operation(
            summary = "Read a photo",
            description =
                    "Of somebody in your company; `size` is 64 or 256 pixels. An address never shows another picture.")
    @APIResponse(responseCode = "200", description = "A JPEG")
    @APIResponse(responseCode = "404", description = "`photo.unknown`")
    public Response show(@PathParam("hash") String hash, @PathParam("size") String size) {
        int side = size.matches("\\d{1,4}") ? Integer.parseInt(size) : 0;
        return Response.ok(photos.file(current.get(), hash, side), "image/jpeg")
                .header("Cache-Control", "private, max-age=31536000, immutable")
                .build();
    }
}
