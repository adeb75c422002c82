package dev.covibe.console.settings;

import dev.covibe.console.frame.Filled;
import dev.covibe.console.frame.FormErrors;
import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.identity.members.Profiles;
import dev.covibe.platform.problem.Refusal;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What the reader says of themselves, in the settings (IDN-5). */
@Path("/settings/profile")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class ProfilePage {

    private final Frames frames;
    private final Profiles profiles;

    ProfilePage(Frames frames, Profiles profiles) {
        this.frames = frames;
        this.profiles = profiles;
    }

    record View(String email, Filled form) {}

    @CheckedTemplate(basePath = "settings")
    static class Templates {
        private Templates() {}

        static native TemplateInstance profile(Frame frame, ProfilePage.View view);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show() {
        Profiles.Profile profile = profiles.of(frames.caller());
        return page(Filled.with(Map.of("name", profile.name(), "handle", profile.handle())));
    }

    @POST
    @Operation(hidden = true)
    public Response change(
            @FormParam("name") @DefaultValue("") String name, @FormParam("handle") @DefaultValue("") String handle) {
        try {
            profiles.change(frames.caller(), Optional.of(name), Optional.of(handle));
            return Response.seeOther(URI.create("/settings/profile")).build();
        } catch (Refusal.Invalid | Refusal.Conflict refusal) {
            Map<String, String> errors = refusal instanceof Refusal.Conflict
                    ? Map.of("handle", refusal.getMessage())
                    : FormErrors.of(refusal, Map.of());
            return Frames.refused(refusal, page(new Filled(errors, Map.of("name", name, "handle", handle))));
        }
    }

    private TemplateInstance page(Filled form) {
        View view = new View(profiles.of(frames.caller()).email(), form);
        return Templates.profile(frames.settings(frames.people()), view);
    }
}
