package dev.covibe.identity.workos;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.NoSuchElementException;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.rest.client.annotation.ClientHeaderParam;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/**
 * What this server asks of the REST interface of WorkOS. Every call is refused with a {@link WorkosFailure}, and with a
 * {@link jakarta.ws.rs.ProcessingException} where WorkOS cannot be reached. Only WorkOS mode may call it.
 */
@RegisterRestClient(configKey = "workos")
@RegisterProvider(WorkosAnswers.class)
@ClientHeaderParam(name = "Authorization", value = "{authorization}")
@Path("/")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface WorkosApi {

    /** The role that a company's first person gets. */
    String ADMIN = "admin";

    /** @param externalId the tenant's id here; WorkOS refuses a second organization with the same */
    record NewOrganization(String name, String externalId) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Organization(String id, String name) {}

    record NewMembership(String userId, String organizationId, String roleSlug) {}

    /** @param status {@code active}, {@code inactive} or {@code pending} */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Membership(String id, String userId, String organizationId, String organizationName, String status) {}

    /** A person as WorkOS knows them. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record User(String id, String email, boolean emailVerified) {}

    /** One slice of a list, as WorkOS answers it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Memberships(List<Membership> data) {}

    /** @param firstName left out where it is null */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record NewUser(String email, String password, String firstName) {

        @Override
        public String toString() {
            return "NewUser[" + email + "]";
        }
    }

    record NewInvitation(String email, String organizationId, String roleSlug) {}

    /** @param state {@code pending}, {@code accepted}, {@code expired} or {@code revoked} */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record SentInvitation(String id, String email, String state, String organizationId) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record SentInvitations(List<SentInvitation> data) {}

    record RoleChange(String roleSlug) {}

    record NameChange(String name) {}

    record PasswordReset(String email) {}

    @POST
    @Path("user_management/users")
    User createUser(NewUser user);

    @POST
    @Path("user_management/invitations")
    SentInvitation invite(NewInvitation invitation);

    /** @param limit 1 to 100 */
    @GET
    @Path("user_management/invitations")
    SentInvitations invitations(
            @QueryParam("email") String email,
            @QueryParam("organization_id") String organizationId,
            @QueryParam("limit") int limit);

    @POST
    @Path("user_management/invitations/{id}/resend")
    SentInvitation resendInvitation(@PathParam("id") String id);

    @POST
    @Path("user_management/invitations/{id}/revoke")
    SentInvitation revokeInvitation(@PathParam("id") String id);

    @PUT
    @Path("user_management/organization_memberships/{id}")
    Membership changeMembership(@PathParam("id") String id, RoleChange change);

    @DELETE
    @Path("user_management/organization_memberships/{id}")
    void deleteMembership(@PathParam("id") String id);

    @POST
    @Path("user_management/password_reset")
    void resetPassword(PasswordReset reset);

    @PUT
    @Path("organizations/{id}")
    Organization renameOrganization(@PathParam("id") String id, NameChange change);

    @POST
    @Path("organizations")
    Organization createOrganization(NewOrganization organization);

    @DELETE
    @Path("organizations/{id}")
    void deleteOrganization(@PathParam("id") String id);

    @POST
    @Path("user_management/organization_memberships")
    Membership createMembership(NewMembership membership);

    @GET
    @Path("user_management/users/{id}")
    User user(@PathParam("id") String id);

    /**
     * The organizations of a person.
     *
     * @param statuses only memberships of this status
     * @param limit 1 to 100
     */
    @GET
    @Path("user_management/organization_memberships")
    Memberships memberships(
            @QueryParam("user_id") String userId,
            @QueryParam("statuses") String statuses,
            @QueryParam("limit") int limit);

    /** Read at each call, so that a server without a key refuses by itself instead of asking as nobody. */
    default String authorization() {
        return "Bearer "
                + ConfigProvider.getConfig()
                        .getOptionalValue("workos.api-key", String.class)
                        .orElseThrow(() -> new NoSuchElementException("WORKOS_API_KEY is not set."));
    }
}
