package dev.covibe.identity.members;

import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.identity.Role;
import dev.covibe.platform.web.Body;
import dev.covibe.platform.web.Cursor;
import dev.covibe.platform.web.Page;
import dev.covibe.tenancy.Idempotency;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The people of the company over REST (IDN-5). What changes who is in wants an admin at a browser. */
@Path("/api/members")
@Tag(name = "Administration")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class MemberResource {

    private static final int USUAL = 100;

    private final CurrentCaller current;
    private final Members members;
    private final Invitations invitations;
    private final Idempotency idempotency;

    MemberResource(CurrentCaller current, Members members, Invitations invitations, Idempotency idempotency) {
        this.current = current;
        this.members = members;
        this.invitations = invitations;
        this.idempotency = idempotency;
    }

    /**
     * @param name what the email begins with, when absent
     * @param role {@code member} when absent
     * @param workspaces ids; the caller's own when absent
     * @param initialPassword in WorkOS mode: creates the person with it instead of inviting; kept nowhere
     */
    @RegisterForReflection
    public record Newcomer(
            String email,
            Optional<String> name,
            Optional<Member.RoleKey> role,
            Optional<List<UUID>> workspaces,
            Optional<String> initialPassword) {

        @Override
        public String toString() {
            return "Newcomer[" + email + "]";
        }
    }

    @RegisterForReflection
    public record NewRole(Member.RoleKey role) {}

    @GET
    @Operation(summary = "List the people of the company", description = "The longest in first.")
    @APIResponse(responseCode = "200", description = "A page of people")
    public Page<Member> list(
            @QueryParam("cursor") Optional<String> cursor, @QueryParam("limit") Optional<Integer> limit) {
        return members.list(current.get(), cursor.map(Cursor::of), Page.limit(limit, USUAL));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Read one person")
    @APIResponse(responseCode = "200", description = "The person")
    @APIResponse(responseCode = "404", description = "`member.unknown`")
    public Member find(@PathParam("id") UUID id) {
        return members.find(current.get(), id);
    }

    @POST
    @Operation(
            summary = "Invite a person",
            description = "Admins, in person. In WorkOS mode WorkOS mails the invitation, now or as soon as it can be"
                    + " reached; with `initial_password` it makes the person at once. In local mode they can sign in.")
    @APIResponse(responseCode = "201", description = "The person, with how far the invitation is")
    @APIResponse(responseCode = "403", description = "`identity.admin-only`, `identity.people-only`")
    @APIResponse(
            responseCode = "409",
            description = "`member.known`, `member.no-passwords`, `workos.away`, `workos.refused`")
    public Response invite(Newcomer newcomer, @HeaderParam("Idempotency-Key") Optional<String> key) {
        Caller caller = current.get();
        Newcomer wanted = Body.present(newcomer);
        Invitations.Wanted person = new Invitations.Wanted(
                Body.wanted(wanted.email(), "/email"),
                wanted.name(),
                wanted.role().map(Member.RoleKey::role).orElse(Role.MEMBER),
                wanted.workspaces().orElse(List.of(caller.workspaceId())));
        // A password is not remembered, not even as a part of a hash, so such a call is not repeated for the caller.
        Member made = wanted.initialPassword().isPresent()
                ? invitations.create(caller, person, wanted.initialPassword().get())
                : idempotency.once(
                        caller.place(),
                        caller.developerId(),
                        key,
                        "members.invite",
                        person,
                        Member.class,
                        () -> invitations.invite(caller, person));
        return Response.created(URI.create("/api/members/" + made.id()))
                .entity(made)
                .build();
    }

    @PUT
    @Path("/{id}/role")
    @Operation(summary = "Make somebody an admin or a member", description = "Admins, in person.")
    @APIResponse(responseCode = "200", description = "The person")
    @APIResponse(responseCode = "409", description = "`member.last-admin`")
    public Member changeRole(@PathParam("id") UUID id, NewRole role) {
        Member.RoleKey wanted = Body.wanted(Body.present(role).role(), "/role");
        return members.changeRole(current.get(), id, wanted.role());
    }

    @DELETE
    @Path("/{id}")
    @Operation(
            summary = "Remove a person from the company",
            description = "Admins, in person. Tokens, sessions and streams end within a second; the history stays.")
    @APIResponse(responseCode = "204", description = "They are out")
    @APIResponse(responseCode = "409", description = "`member.last-admin`")
    public void remove(@PathParam("id") UUID id) {
        members.remove(current.get(), id);
    }

    @PUT
    @Path("/{id}/invitation")
    @Operation(summary = "Send the invitation again", description = "Admins, in person.")
    @APIResponse(responseCode = "204", description = "WorkOS is told")
    @APIResponse(responseCode = "409", description = "`member.not-invited`")
    public void inviteAgain(@PathParam("id") UUID id) {
        invitations.again(current.get(), id);
    }

    @PUT
    @Path("/{id}/password-reset")
    @Operation(
            summary = "Have a link for a new password mailed",
            description = "Admins, in person; WorkOS sends the mail.")
    @APIResponse(responseCode = "204", description = "WorkOS is told")
    @APIResponse(responseCode = "409", description = "`member.no-passwords` in local mode")
    public void resetPassword(@PathParam("id") UUID id) {
        members.requestPasswordReset(current.get(), id);
    }
}
