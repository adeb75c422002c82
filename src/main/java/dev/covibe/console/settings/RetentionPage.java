package dev.covibe.console.settings;

import dev.covibe.agents.usage.Retention;
import dev.covibe.console.frame.Filled;
import dev.covibe.console.frame.FormErrors;
import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.Undo;
import dev.covibe.identity.Caller;
import dev.covibe.identity.Role;
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
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** How long raw telemetry is kept, in the settings (AGT-8). */
@Path("/settings/retention")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class RetentionPage {

    private static final String HERE = "/settings/retention";

    private final Frames frames;
    private final Retention retention;

    RetentionPage(Frames frames, Retention retention) {
        this.frames = frames;
        this.retention = retention;
    }

    /** @param admin whether the reader may change it */
    record View(int days, int shortest, int longest, boolean admin, Filled form) {}

    @CheckedTemplate(basePath = "settings")
    static class Templates {
        private Templates() {}

        static native TemplateInstance retention(Frame frame, RetentionPage.View view);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show() {
        Caller caller = frames.caller();
        return page(Filled.with(Map.of("raw_days", String.valueOf(retention.days(caller)))));
    }

    @POST
    @Operation(hidden = true)
    public Response keep(@FormParam("raw_days") @DefaultValue("") String typed) {
        try {
            int before = retention.days(frames.caller());
            int now = retention.keep(frames.caller(), number(typed));
            return frames.done(
                    HERE,
                    Optional.of(before)
                            .filter(days -> days != now)
                            .map(days -> Undo.of(
                                    "Raw telemetry is kept for " + now + " days",
                                    HERE,
                                    Map.of("raw_days", String.valueOf(days)))));
        } catch (Refusal.Invalid refusal) {
            return Frames.refused(
                    refusal, page(new Filled(FormErrors.of(refusal, Map.of()), Map.of("raw_days", typed))));
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException unreadable) {
            throw Refusal.invalidField("/raw_days", "Write a number of days.");
        }
    }

    private TemplateInstance page(Filled form) {
        Caller caller = frames.caller();
        View view = new View(
                retention.days(caller), Retention.SHORTEST, Retention.LONGEST, caller.role() == Role.ADMIN, form);
        return Templates.retention(frames.settings(frames.people()), view);
    }
}
