package dev.covibe.console.settings;

import dev.covibe.console.frame.Filled;
import dev.covibe.console.frame.FormErrors;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.Typed;
import dev.covibe.identity.AgentType;
import dev.covibe.identity.Tokens;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.Addresses;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What is done with MCP tokens in the settings (IDN-7). */
@Path("/settings/tokens")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class TokensPage {

    private final Frames frames;
    private final Tokens tokens;
    private final Connecting connecting;
    private final Addresses addresses;
    private final Clock clock;

    TokensPage(Frames frames, Tokens tokens, Connecting connecting, Addresses addresses, Clock clock) {
        this.frames = frames;
        this.tokens = tokens;
        this.connecting = connecting;
        this.addresses = addresses;
        this.clock = clock;
    }

    @POST
    @Operation(hidden = true)
    public Response create(
            @FormParam("name") @DefaultValue("") String name,
            @FormParam("agent") @DefaultValue("") String agent,
            @FormParam("lifetime") @DefaultValue("") String lifetime,
            RoutingContext context) {
        Optional<AgentType> type = Typed.text(agent).map(AgentType::of);
        AgentType shown = type.orElse(AgentType.OTHER);
        try {
            Optional<Instant> expires = Typed.text(lifetime).map(Lifetime::days).map(days -> clock.instant()
                    .plus(Duration.ofDays(days)));
            Tokens.Minted made = tokens.mint(frames.caller(), name, type, expires, address(context));
            Connecting.Fresh fresh = new Connecting.Fresh(name.strip(), made.text());
            return Response.ok(connecting.page(shown, fresh, Filled.BLANK, context))
                    .header("Cache-Control", "no-store")
                    .build();
        } catch (Refusal.Invalid refusal) {
            Filled form = new Filled(FormErrors.of(refusal, Map.of()), Map.of("name", name));
            return Frames.refused(refusal, connecting.page(shown, Connecting.Fresh.NONE, form, context));
        }
    }

    @POST
    @Path("/{id}/revoke")
    @Operation(hidden = true)
    public Response revoke(@PathParam("id") UUID id, RoutingContext context) {
        tokens.revoke(frames.caller(), id, address(context));
        return Response.seeOther(URI.create("/settings#tokens")).build();
    }

    private String address(RoutingContext context) {
        return addresses.of(context);
    }
}
