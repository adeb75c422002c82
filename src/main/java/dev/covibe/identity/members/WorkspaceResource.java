package dev.covibe.identity.members;

import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.web.Body;
import dev.covibe.tenancy.Idempotency;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The workspaces of the company over REST (IDN-5, IDN-6). Changes want an admin at a browser. */
@Path("/api/workspaces")
@Tag(name = "Administration")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class WorkspaceResource {

    private final CurrentCaller current;
    private final TenantWorkspaces workspaces;
    private final Idempotency idempotency;

    WorkspaceResource(CurrentCaller current, TenantWorkspaces workspaces, Idempotency idempotency) {
        this.current = current;
        this.workspaces = workspaces;
        this.idempotency = idempotency;
    }

    @RegisterForReflection
    public record NewName(String name) {}

    @GET
    @Operation(summary = "List workspaces", description = "All of the company for admins, their own for members.")
    @APIResponse(responseCode = "200", description = "The open ones by name, then the archived")
    public List<TenantWorkspaces.Workspace> list() {
        return workspaces.list(current.get());
    }

    @POST
    @Operation(summary = "Create a workspace", description = "Admins, in person. You are its first member.")
    @APIResponse(responseCode = "201", description = "The workspace")
    @APIResponse(responseCode = "409", description = "`workspace.name-taken`")
    public Response create(NewName name, @HeaderParam("Idempotency-Key") Optional<String> key) {
        Caller caller = current.get();
        String wanted = Body.wanted(Body.present(name).name(), "/name");
        TenantWorkspaces.Workspace made = idempotency.once(
                caller.place(),
                caller.developerId(),
                key,
                "workspaces.create",
                wanted,
                TenantWorkspaces.Workspace.class,
                () -> workspaces.create(caller, wanted));
        return Response.created(URI.create("/api/workspaces/" + made.id()))
                .entity(made)
                .build();
    }

    @PATCH
    @Path("/{id}")
    @Operation(summary = "Rename a workspace", description = "Admins, in person.")
    @APIResponse(responseCode = "200", description = "The workspace")
    @APIResponse(responseCode = "404", description = "`workspace.unknown`")
    @APIResponse(responseCode = "409", description = "`workspace.name-taken`")
    public TenantWorkspaces.Workspace rename(@PathParam("id") UUID id, NewName name) {
        return workspaces.rename(
                current.get(), id, Body.wanted(Body.present(name).name(), "/name"));
    }

    @PUT
    @Path("/{id}/archival")
    @Operation(summary = "Archive a workspace", description = "Admins, in person. Nothing is deleted.")
    @APIResponse(responseCode = "200", description = "The workspace")
    @APIResponse(responseCode = "409", description = "`workspace.last`")
    public TenantWorkspaces.Workspace archive(@PathParam("id") UUID id) {
        return workspaces.archive(current.get(), id);
    }

    @DELETE
    @Path("/{id}/archival")
    @Operation(summary = "Open an archived workspace again", description = "Admins, in person.")
    @APIResponse(responseCode = "200", description = "The workspace")
    public TenantWorkspaces.Workspace reopen(@PathParam("id") UUID id) {
        return workspaces.reopen(current.get(), id);
    }

    @PUT
    @Path("/{id}/members/{developer}")
    @Operation(summary = "Let a person work in a workspace", description = "Admins, in person.")
    @APIResponse(responseCode = "204", description = "They may")
    @APIResponse(responseCode = "404", description = "`workspace.unknown`, `member.unknown`")
    public void add(@PathParam("id") UUID id, @PathParam("developer") UUID developer) {
        workspaces.add(current.get(), id, developer);
    }

    @DELETE
    @Path("/{id}/members/{developer}")
    @Operation(
            summary = "Take a person out of a workspace",
            description = "Admins, in person. Their tokens for it die; what runs there in their name ends.")
    @APIResponse(responseCode = "204", description = "They may not any more")
    @APIResponse(responseCode = "404", description = "`workspace.unknown`, `member.unknown`")
    public void remove(@PathParam("id") UUID id, @PathParam("developer") UUID developer) {
        workspaces.remove(current.get(), id, developer);
    }
}
