package dev.covibe.console.settings;

import dev.covibe.agents.daily.SessionDays;
import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.Filled;
import dev.covibe.console.frame.FormErrors;
import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.Numbers;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.When;
import dev.covibe.identity.Caller;
import dev.covibe.identity.members.OwnRecord;
import dev.covibe.identity.members.Profiles;
import dev.covibe.identity.photos.Photos;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.Cookies;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

/** What the reader says of themselves, in the settings (IDN-5). */
@Path("/settings/profile")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class ProfilePage {

    private static final String HERE = "/settings/profile";

    private final Frames frames;
    private final Profiles profiles;
    private final Photos photos;
    private final OwnRecord record;
    private final SessionDays sessions;
    private final Cookies cookies;
    private final RoutingContext context;
    private final Clock clock;

    ProfilePage(
            Frames frames,
            Profiles profiles,
            Photos photos,
            OwnRecord record,
            SessionDays sessions,
            Cookies cookies,
            RoutingContext context,
            Clock clock) {
        this.frames = frames;
        this.profiles = profiles;
        this.photos = photos;
        this.record = record;
        this.sessions = sessions;
        this.cookies = cookies;
        this.context = context;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "settings")
    static class Templates {
        private Templates() {}

        static native TemplateInstance profile(Frame frame, ProfileView view);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show() {
        Profiles.Profile profile = profiles.of(frames.caller());
        return page(profile, saved(profile), "");
    }

    private static Filled saved(Profiles.Profile profile) {
        return Filled.with(Map.of("name", profile.name(), "handle", profile.handle()));
    }

    @POST
    @Operation(hidden = true)
    public Response change(
            @FormParam("name") @DefaultValue("") String name, @FormParam("handle") @DefaultValue("") String handle) {
        Caller caller = frames.caller();
        try {
            profiles.change(caller, Optional.of(name), Optional.of(handle));
            return Response.seeOther(URI.create(HERE)).build();
        } catch (Refusal.Invalid | Refusal.Conflict refusal) {
            Map<String, String> errors = refusal instanceof Refusal.Conflict
                    ? Map.of("handle", refusal.getMessage())
                    : FormErrors.of(refusal, Map.of());
            Filled form = new Filled(errors, Map.of("name", name, "handle", handle));
            return Frames.refused(refusal, page(profiles.of(caller), form, ""));
        }
    }

    @POST
    @Path("/photo")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @Operation(hidden = true)
    public Response changePhoto(@RestForm("photo") FileUpload upload) {
        Caller caller = frames.caller();
        try {
            photos.set(caller, content(upload));
            return Response.seeOther(URI.create(HERE)).build();
        } catch (Refusal.Invalid refusal) {
            Profiles.Profile profile = profiles.of(caller);
            return Frames.refused(refusal, page(profile, saved(profile), refusal.getMessage()));
        }
    }

    private static byte[] content(FileUpload upload) {
        if (upload == null || upload.size() == 0) {
            throw Refusal.invalidField("/photo", "Choose a picture first.");
        }
        try {
            return Files.readAllBytes(upload.uploadedFile());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @POST
    @Path("/photo/removal")
    @Operation(hidden = true)
    public Response removePhoto() {
        photos.remove(frames.caller());
        return Response.seeOther(URI.create(HERE)).build();
    }

    private TemplateInstance page(Profiles.Profile profile, Filled form, String photoError) {
        Instant now = clock.instant();
        String theme = cookies.read(context, Cookies.THEME).orElse("system");
        sessions.catchUp().once(frames.caller().place());
        ProfileView view = new ProfileView(
                profile.email(),
                profile.photo().map(hash -> Photos.address(hash, Photos.LARGE)).orElse(""),
                photoError,
                List.of(
                        new Choice("system", "As the system", theme.equals("system")),
                        new Choice("light", "Light", theme.equals("light")),
                        new Choice("dark", "Dark", theme.equals("dark"))),
                form,
                record.of(frames.caller()).stream()
                        .map(kept -> new ProfileView.Kept(
                                kept.what(),
                                kept.detail(),
                                Numbers.grouped(kept.count()),
                                kept.latest().map(latest -> When.of(latest, now))))
                        .toList());
        return Templates.profile(frames.settings(frames.people()), view);
    }
}
