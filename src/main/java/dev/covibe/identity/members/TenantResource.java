package dev.covibe.identity.members;

import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.web.Body;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The company, and the caller's own profile in it. */
@Path("/api")
@Tag(name = "Administration")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TenantResource {

    private final CurrentCaller current;
    private final Company company;
    private final Profiles profiles;

    TenantResource(CurrentCaller current, Company company, Profiles profiles) {
        this.current = current;
        this.company = company;
        this.profiles = profiles;
    }

    @RegisterForReflection
    public record NewName(String name) {}

    @RegisterForReflection
    public record ProfileChange(Optional<String> name, Optional<String> handle) {}

    @GET
    @Path("/tenant")
    @Operation(summary = "Read the company")
    @APIResponse(responseCode = "200", description = "The company")
    public Company.Tenant tenant() {
        return company.of(current.get());
    }

    @PATCH
    @Path("/tenant")
    @Operation(summary = "Rename the company", description = "Admins, in person.")
    @APIResponse(responseCode = "200", description = "The company")
    @APIResponse(responseCode = "403", description = "`identity.admin-only`, `identity.people-only`")
    public Company.Tenant rename(NewName name) {
        return company.rename(current.get(), Body.wanted(Body.present(name).name(), "/name"));
    }

    @GET
    @Path("/profile")
    @Operation(summary = "Read your own profile")
    @APIResponse(responseCode = "200", description = "The profile")
    public Profiles.Profile profile() {
        return profiles.of(current.get());
    }

    @PATCH
    @Path("/profile")
    @Operation(
            summary = "Change your own name or handle",
            description = "In person. The email never changes; what is not sent stays.")
    @APIResponse(responseCode = "200", description = "The profile")
    @APIResponse(responseCode = "409", description = "`member.handle-taken`")
    public Profiles.Profile change(ProfileChange change) {
        ProfileChange wanted = Body.present(change);
        return profiles.change(current.get(), wanted.name(), wanted.handle());
    }
}
