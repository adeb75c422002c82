package dev.covibe.work;

import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.web.Body;
import dev.covibe.tenancy.Idempotency;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Projects over REST. {@code key} is a project's key ({@code WEB}). */
@Path("/api/projects")
@Tag(name = "Projects")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class ProjectResource {

    private final CurrentCaller current;
    private final Projects projects;
    private final Idempotency idempotency;

    ProjectResource(CurrentCaller current, Projects projects, Idempotency idempotency) {
        this.current = current;
        this.projects = projects;
        this.idempotency = idempotency;
    }

    /**
     * @param key 2 to 8 letters; numbers the project's tasks and never changes
     * @param repositories remotes in any spelling
     */
    @RegisterForReflection
    public record NewProject(String key, String name, Optional<String> description, List<String> repositories) {}

    @RegisterForReflection
    public record ProjectEdit(
            Optional<String> name,
            Optional<String> description,
            Optional<List<String>> repositories,
            Optional<Boolean> archived) {}

    @GET
    @Operation(summary = "List projects")
    @APIResponse(responseCode = "200", description = "All projects of the workspace, the archived ones last")
    public List<ProjectView> list() {
        return projects.list(current.get());
    }

    @POST
    @Operation(summary = "Create a project")
    @APIResponse(responseCode = "201", description = "The project")
    @APIResponse(responseCode = "409", description = "`project.key-taken`")
    public RestResponse<ProjectView> create(@HeaderParam("Idempotency-Key") Optional<String> key, NewProject project) {
        Caller caller = current.get();
        NewProject wanted = Body.present(project);
        String projectKey = Body.wanted(wanted.key(), "/key");
        String name = Body.wanted(wanted.name(), "/name");
        List<String> repositories = wanted.repositories() == null ? List.of() : wanted.repositories();
        ProjectView made = idempotency.once(
                caller.place(),
                caller.developerId(),
                key,
                "projects.create",
                wanted,
                ProjectView.class,
                () -> projects.create(caller, projectKey, name, wanted.description(), repositories));
        return RestResponse.ResponseBuilder.<ProjectView>created(URI.create("/api/projects/" + made.key()))
                .entity(made)
                .build();
    }

    @GET
    @Path("/{key}")
    @Operation(summary = "Read a project")
    @APIResponse(responseCode = "200", description = "The project")
    @APIResponse(responseCode = "404", description = "No such project in this workspace")
    public ProjectView get(String key) {
        return projects.get(current.get(), key);
    }

    @PATCH
    @Path("/{key}")
    @Operation(summary = "Change or archive a project", description = "Absent fields stay.")
    @APIResponse(responseCode = "200", description = "The project after the change")
    @APIResponse(responseCode = "404", description = "No such project in this workspace")
    public ProjectView edit(
            String key, @HeaderParam("Idempotency-Key") Optional<String> idempotencyKey, ProjectEdit edit) {
        Caller caller = current.get();
        ProjectEdit wanted = Body.present(edit);
        return idempotency.once(
                caller.place(),
                caller.developerId(),
                idempotencyKey,
                "projects.edit " + key,
                wanted,
                ProjectView.class,
                () -> projects.edit(
                        caller, key, wanted.name(), wanted.description(), wanted.repositories(), wanted.archived()));
    }
}
