package dev.covibe.console.settings;

import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.Numbers;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.identity.Caller;
import dev.covibe.identity.members.Company;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.reset.Reset;
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
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What cannot be undone, in the settings: it wants the company's name, typed (IDN-11, CON-8). */
@Path("/settings/danger")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class DangerPage {

    private final Frames frames;
    private final Company company;
    private final Reset reset;

    DangerPage(Frames frames, Company company, Reset reset) {
        this.frames = frames;
        this.company = company;
        this.reset = reset;
    }

    /**
     * @param error what was wrong with the typed name, or how far an interrupted run came
     * @param over whether it was just done
     * @param emptied what went, by workspace
     */
    record View(String tenant, String typed, String error, boolean over, List<Emptied> emptied) {}

    record Emptied(String name, String rows, String tasks) {}

    @CheckedTemplate(basePath = "settings")
    static class Templates {
        private Templates() {}

        static native TemplateInstance danger(Frame frame, DangerPage.View view);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show() {
        frames.caller().mustBeAdmin();
        return page("", "", false, List.of());
    }

    @POST
    @Path("/reset")
    @Operation(hidden = true)
    public Response run(@FormParam("tenant") @DefaultValue("") String typed) {
        Caller caller = frames.caller();
        try {
            Reset.Report report = reset.run(caller, typed);
            List<Emptied> emptied =
                    report.workspaces().stream().map(DangerPage::emptied).toList();
            return Response.ok(page("", "", true, emptied)).build();
        } catch (Refusal.Invalid refusal) {
            return Frames.refused(refusal, page(typed, "This is not the company's name.", false, List.of()));
        } catch (Refusal.Conflict refusal) {
            return Frames.refused(refusal, page(typed, refusal.getMessage(), false, List.of()));
        }
    }

    private static Emptied emptied(Reset.Emptied workspace) {
        long rows =
                workspace.deleted().values().stream().mapToLong(Long::longValue).sum();
        return new Emptied(
                workspace.name(),
                Numbers.grouped(rows),
                Numbers.grouped(workspace.deleted().getOrDefault("tasks", 0L)));
    }

    private TemplateInstance page(String typed, String error, boolean over, List<Emptied> emptied) {
        String tenant = company.of(frames.caller()).name();
        return Templates.danger(frames.settings(frames.people()), new View(tenant, typed, error, over, emptied));
    }
}
