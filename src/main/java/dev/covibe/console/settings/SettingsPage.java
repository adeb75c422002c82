package dev.covibe.console.settings;

import dev.covibe.console.frame.Filled;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.identity.AgentType;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /settings}: connecting agents and their tokens, the first of the sections of settings (CON-7). */
@Path("/settings")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class SettingsPage {

    private final Connecting connecting;

    SettingsPage(Connecting connecting) {
        this.connecting = connecting;
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show(@QueryParam("agent") Optional<String> agent, RoutingContext context) {
        AgentType shown = agent.map(AgentType::of).orElse(AgentType.CLAUDE_CODE);
        return connecting.page(shown, Connecting.Fresh.NONE, Filled.BLANK, context);
    }
}
