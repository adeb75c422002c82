package dev.covibe.identity.photos;

import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.problem.Refusal;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Photos of people, in and out (IDN-13). */
@Path("/")
@Tag(name = "Administration")
@RunOnVirtualThread
public class PhotoResource {

    private final CurrentCaller current;
    private final Photos photos;

    PhotoResource(CurrentCaller current, Photos photos) {
        this.current = current;
        this.photos = photos;
    }

    /** @param photo where it is shown from; valid for as long as it is somebody's */
    @RegisterForReflection
    public record Shown(String photo) {}

    @PUT
    @Path("/api/profile/photo")
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Set your own photo",
            description = "In person. The body is the picture: PNG, JPEG or WebP, at most 5 MiB and 25 megapixels. Its"
                    + " middle square is written anew, without anything else that the file held.")
    @APIResponse(responseCode = "200", description = "Where it is shown from")
    @APIResponse(responseCode = "400", description = "`photo.unreadable`, `photo.too-large`, `photo.too-small`")
    public Shown set(byte[] picture) {
        byte[] file = Optional.ofNullable(picture)
                .orElseThrow(() -> Refusal.invalid("request.malformed", "Send the picture as the body."));
        return new Shown(Photos.address(photos.set(current.get(), file), Photos.LARGE));
    }

    @DELETE
    @Path("/api/profile/photo")
    @Operation(summary = "Remove your own photo", description = "In person. Its files are deleted.")
    @APIResponse(responseCode = "204", description = "Removed, or there was none")
    public void remove() {
        photos.remove(current.get());
    }

    @GET
    @Path("/photos/{hash}/{size}")
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
