package dev.covibe.identity.photos;

import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.problem.Refusal;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The caller's own photo over REST (IDN-13). */
@Path("/api/profile/photo")
@Tag(name = "Administration")
@Produces(MediaType.APPLICATION_JSON)
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
    @Consumes(MediaType.WILDCARD)
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
    @Operation(summary = "Remove your own photo", description = "In person. Its files are deleted.")
    @APIResponse(responseCode = "204", description = "Removed, or there was none")
    public void remove() {
        photos.remove(current.get());
    }
}
