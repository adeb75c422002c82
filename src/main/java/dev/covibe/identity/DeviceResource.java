package dev.covibe.identity;

import dev.covibe.identity.DeviceGrants.Answer;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.Addresses;
import dev.covibe.platform.web.Origins;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The machine's side of the device flow (IDN-8), in the shapes of RFC 8628. Open to everybody, and limited. */
@Path("/api/setup/device")
@Tag(name = "Device flow")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class DeviceResource {

    /** Where the person goes. */
    static final String PAGE = "/setup/authorize";

    private final DeviceGrants grants;
    private final Origins origins;
    private final Addresses addresses;

    DeviceResource(DeviceGrants grants, Origins origins, Addresses addresses) {
        this.grants = grants;
        this.origins = origins;
        this.addresses = addresses;
    }

    /**
     * @param hostName what the person will recognise the machine by
     * @param agents one token is made for each
     */
    @RegisterForReflection
    public record Asking(String hostName, List<AgentType> agents) {}

    /**
     * @param interval seconds to wait between two questions
     * @param expiresIn seconds until the codes are void
     */
    @RegisterForReflection
    public record Asked(
            String deviceCode,
            String userCode,
            String verificationUri,
            String verificationUriComplete,
            int interval,
            long expiresIn) {}

    @RegisterForReflection
    public record Waiting(String deviceCode) {}

    @RegisterForReflection
    public record AgentToken(AgentType agent, String token) {}

    @RegisterForReflection
    public record Granted(List<AgentToken> tokens, String developer, String workspace, String company) {}

    @RegisterForReflection
    public record NotYet(String error) {}

    @POST
    @Operation(
            summary = "Ask for tokens from a machine",
            description = "Answers a device code to poll with and a short code for a person to type.")
    @APIResponse(responseCode = "200", description = "The codes and where to go")
    @APIResponse(responseCode = "429", description = "Asked too often from this address")
    public Response ask(Asking asking, @Context RoutingContext context) {
        if (asking == null || asking.hostName() == null) {
            throw Refusal.invalidField("/host_name", "Say what the machine is called.");
        }
        List<AgentType> agents = asking.agents() == null ? List.of() : asking.agents();
        DeviceGrants.Asked asked = grants.ask(asking.hostName(), agents, addresses.of(context));
        String page = origins.origin(context) + PAGE;
        return uncached(Response.ok(new Asked(
                asked.deviceCode(),
                asked.userCode(),
                page,
                page + "?user_code=" + URLEncoder.encode(asked.userCode(), StandardCharsets.US_ASCII),
                DeviceGrants.INTERVAL,
                DeviceGrants.LIFE.toSeconds())));
    }

    @POST
    @Path("/token")
    @Operation(
            summary = "Fetch the tokens once a person approved",
            description = "Until then 400 with `error`: `authorization_pending`, `slow_down` (wait five seconds longer"
                    + " from now on), `access_denied` or `expired_token`. The tokens are answered once.")
    @APIResponse(responseCode = "200", description = "One typed token for each agent")
    @APIResponse(responseCode = "400", description = "Not yet, or never: see `error`")
    @APIResponse(responseCode = "429", description = "Asked too often from this address")
    public Response poll(Waiting waiting, @Context RoutingContext context) {
        if (waiting == null || waiting.deviceCode() == null) {
            throw Refusal.invalidField("/device_code", "Send the device code that you were given.");
        }
        return switch (grants.poll(waiting.deviceCode(), addresses.of(context))) {
            case Answer.Pending _ -> notYet("authorization_pending");
            case Answer.TooSoon _ -> notYet("slow_down");
            case Answer.Denied _ -> notYet("access_denied");
            case Answer.Expired _ -> notYet("expired_token");
            case Answer.Approved approved ->
                uncached(Response.ok(new Granted(
                        approved.tokens().stream()
                                .map(token -> new AgentToken(token.agent(), token.text()))
                                .toList(),
                        approved.developer(),
                        approved.names().workspace(),
                        approved.names().tenant())));
        };
    }

    private static Response notYet(String error) {
        return uncached(Response.status(400).entity(new NotYet(error)));
    }

    private static Response uncached(Response.ResponseBuilder answer) {
        return answer.header("Cache-Control", "no-store").build();
    }
}
