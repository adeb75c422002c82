package dev.covibe.site;

import dev.covibe.identity.PersonSessions;
import dev.covibe.identity.PersonSessions.Opened;
import dev.covibe.identity.PersonSessions.Vouched;
import dev.covibe.identity.oidc.Provider;
import dev.covibe.identity.oidc.Providers;
import dev.covibe.identity.oidc.SignInFailure;
import dev.covibe.identity.oidc.SignInFlow;
import dev.covibe.platform.web.Cookies;
import dev.covibe.platform.web.Origins;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;

/** Where the provider sends people back to (IDN-2). They go on with a session of this server's own, or are told why not. */
@Path(Provider.CALLBACK)
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class CallbackPage {

    private static final Logger LOG = Logger.getLogger(CallbackPage.class);

    private final SignInFlow flow;
    private final Providers providers;
    private final PersonSessions sessions;
    private final Cookies cookies;
    private final Origins origins;
    private final Gates gates;

    CallbackPage(
            SignInFlow flow,
            Providers providers,
            PersonSessions sessions,
            Cookies cookies,
            Origins origins,
            Gates gates) {
        this.flow = flow;
        this.providers = providers;
        this.sessions = sessions;
        this.cookies = cookies;
        this.origins = origins;
        this.gates = gates;
    }

    @GET
    @Operation(hidden = true)
    public Response arrive(RoutingContext context) {
        if (providers.provider() instanceof Provider.Incomplete) {
            throw new NotFoundException();
        }
        try {
            return open(flow.finish(context), context);
        } catch (SignInFailure failure) {
            LOG.infof("Nobody was signed in: %s", failure.getMessage());
            Failed view = Failed.of(failure, origins.origin(context));
            return Response.status(view.status())
                    .entity(SignInPage.Templates.failed(gates.gate(view.heading(), context), view))
                    .header("Cache-Control", "no-store")
                    .build();
        }
    }

    private Response open(Vouched person, RoutingContext context) {
        Way way = Way.recall(cookies, context);
        // Whoever signs in anew, in another company for instance, leaves no session of theirs lying about.
        Optional<String> before = cookies.read(context, Cookies.SESSION);
        Opened opened = sessions.open(person, way.workspace());
        before.ifPresent(sessions::close);
        cookies.write(context, Cookies.SESSION, opened.secret(), PersonSessions.PROVIDER_LIFE);
        return Response.seeOther(URI.create(opened.member() ? way.to() : "/onboarding"))
                .header("Cache-Control", "no-store")
                .build();
    }
}
