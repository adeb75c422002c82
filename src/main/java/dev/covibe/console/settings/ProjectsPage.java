package dev.covibe.console.settings;

import dev.covibe.console.frame.Filled;
import dev.covibe.console.frame.FormErrors;
import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.Numbers;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.Typed;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.work.Projects;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The projects of the workspace and their repositories, in the settings (CON-7). */
@Path("/settings/projects")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class ProjectsPage {

    private final Frames frames;
    private final Projects projects;

    ProjectsPage(Frames frames, Projects projects) {
        this.frames = frames;
        this.projects = projects;
    }

    @CheckedTemplate(basePath = "settings")
    static class Templates {
        private Templates() {}

        static native TemplateInstance projects(Frame frame, ProjectsView view);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show() {
        return page(Filled.BLANK);
    }

    @POST
    @Operation(hidden = true)
    public Response create(
            @FormParam("key") @DefaultValue("") String key,
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("repositories") @DefaultValue("") String repositories) {
        try {
            projects.create(frames.caller(), key, name, Optional.empty(), Typed.entries(repositories));
            return Response.seeOther(URI.create("/settings/projects")).build();
        } catch (Refusal.Invalid | Refusal.Conflict refusal) {
            Map<String, String> errors = refusal.code().equals("project.key-taken")
                    ? Map.of("key", refusal.getMessage())
                    : FormErrors.of(refusal, Map.of());
            Map<String, String> typed = Map.of("key", key, "name", name, "repositories", repositories);
            return Response.status(422).entity(page(new Filled(errors, typed))).build();
        }
    }

    private TemplateInstance page(Filled form) {
        List<ProjectsView.Project> known = projects.list(frames.caller()).stream()
                .map(project -> new ProjectsView.Project(
                        project.key(), project.name(), project.repositories(), Numbers.grouped(project.openTasks())))
                .toList();
        return Templates.projects(frames.settings(frames.people()), new ProjectsView(known, form));
    }
}
