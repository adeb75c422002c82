package dev.covibe.site;

import dev.covibe.identity.Attempts;
import dev.covibe.identity.Email;
import dev.covibe.identity.Moving;
import dev.covibe.identity.PersonSessions;
import dev.covibe.identity.oidc.Provider;
import dev.covibe.identity.oidc.Providers;
import dev.covibe.identity.oidc.SignInFailure;
import dev.covibe.identity.oidc.SignInFlow;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.settings.CovibeSettings;
import dev.covibe.platform.settings.CovibeSettings.AuthMode;
import dev.covibe.platform.web.Addresses;
import dev.covibe.platform.web.Cookies;
import dev.covibe.platform.web.Origins;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Signing in and out (IDN-1, IDN-2). Local mode believes an email. WorkOS mode sends people to the provider and stays
 * closed until its configuration is whole.
 */
@Path("/auth")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class SignInPage {

    private final PersonSessions sessions;
    private final Moving moving;
    private final SignInFlow flow;
    private final Providers providers;
    private final Attempts attempts;
    private final Addresses addresses;
    private final Cookies cookies;
    private final Origins origins;
    private final Gates gates;
    private final boolean local;

    SignInPage(
            PersonSessions sessions,
            Moving moving,
            SignInFlow flow,
            Providers providers,
            Attempts attempts,
            Addresses addresses,
            Cookies cookies,
            Origins origins,
            CovibeSettings settings,
            Gates gates) {
        this.sessions = sessions;
        this.moving = moving;
        this.flow = flow;
        this.providers = providers;
        this.attempts = attempts;
        this.addresses = addresses;
        this.cookies = cookies;
        this.origins = origins;
        this.gates = gates;
        this.local = settings.auth() == AuthMode.LOCAL;
    }

    @CheckedTemplate(basePath = "sign-in", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        private Templates() {}

        static native TemplateInstance signIn(Gate gate, SignInView view);

        static native TemplateInstance blocked(Gate gate, BlockedView view);

        static native TemplateInstance failed(Gate gate, Failed view);

        static native TemplateInstance leaving(Gate gate, LeavingView view);

        static native TemplateInstance signedOut(Gate gate);
    }

    @GET
    @Path("/sign-in")
    @Operation(hidden = true)
    public Response form(
            @QueryParam("to") @DefaultValue(Way.START) String to,
            @QueryParam("workspace") Optional<UUID> workspace,
            RoutingContext context) {
        return local ? page(200, "", to, "", context) : toProvider(new Way(Way.local(to), workspace), context);
    }

    private Response toProvider(Way way, RoutingContext context) {
        if (providers.provider() instanceof Provider.Incomplete incomplete) {
            return answer(
                    503,
                    Templates.blocked(
                            gates.gate("Sign-in is blocked", context),
                            new BlockedView(incomplete.reason(), incomplete.missing())));
        }
        try {
            URI provider = flow.begin(context);
            way.remember(cookies, context);
            return seeOther(provider);
        } catch (SignInFailure failure) {
            Failed view = Failed.of(failure, origins.origin(context));
            return answer(view.status(), Templates.failed(gates.gate(view.heading(), context), view));
        }
    }

    @POST
    @Path("/sign-in")
    @Operation(hidden = true)
    public Response signIn(
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("to") @DefaultValue(Way.START) String to,
            RoutingContext context) {
        if (!local) {
            throw new NotFoundException();
        }
        Optional<String> wanted = Email.read(email);
        String network = Addresses.network(addresses.of(context));
        attempts.require(Attempts.Kind.SIGN_IN_FAILED, network);
        if (wanted.isEmpty()) {
            attempts.count(Attempts.Kind.SIGN_IN_FAILED, network);
            return page(422, email, to, "Type an email address, such as you@example.com.", context);
        }
        boolean known = !sessions.memberships(wanted.get()).isEmpty();
        if (!known) {
            // A new team begins like this, and so does whoever tries which addresses are known here.
            attempts.count(Attempts.Kind.SIGN_IN_FAILED, network);
        }
        String secret = sessions.open(wanted.get(), moving.rememberedTenant(context));
        cookies.write(context, Cookies.SESSION, secret, PersonSessions.LIFE);
        return seeOther(URI.create(known ? Way.local(to) : "/onboarding"));
    }

    /** On the way to a workspace of another company, which the provider has to let the person in to (IDN-3). */
    @GET
    @Path("/switch")
    @Operation(hidden = true)
    public Response switchCompany(@QueryParam("workspace") UUID workspace, RoutingContext context) {
        String organization = cookies.read(context, Cookies.SESSION)
                .flatMap(secret -> sessions.organizationOf(secret, workspace))
                .orElseThrow(() -> Refusal.notFound("workspace.unknown", "There is no such workspace."));
        String address = "/auth/sign-in?organization_id=" + URLEncoder.encode(organization, StandardCharsets.UTF_8)
                + "&workspace=" + workspace;
        return answer(
                200,
                Templates.leaving(
                        gates.gate("Switching company", context), new LeavingView("Switching company", address)));
    }

    @POST
    @Path("/sign-out")
    @Operation(hidden = true)
    public Response signOut(RoutingContext context) {
        Optional<String> provider = cookies.read(context, Cookies.SESSION).flatMap(sessions::close);
        cookies.clear(context, Cookies.SESSION);
        return provider.map(address -> answer(
                        200,
                        Templates.leaving(gates.gate("Signing out", context), new LeavingView("Signing out", address))))
                .orElseGet(() -> seeOther(URI.create("/auth/signed-out")));
    }

    @GET
    @Path("/signed-out")
    @Operation(hidden = true)
    public TemplateInstance signedOut(RoutingContext context) {
        return Templates.signedOut(gates.gate("Signed out", context));
    }

    private Response page(int status, String email, String to, String error, RoutingContext context) {
        SignInView view = new SignInView(email, Way.local(to), error);
        return answer(status, Templates.signIn(gates.gate("Sign in", context), view));
    }

    private static Response seeOther(URI address) {
        return Response.seeOther(address).header("Cache-Control", "no-store").build();
    }

    private static Response answer(int status, TemplateInstance page) {
        return Response.status(status)
                .entity(page)
                .header("Cache-Control", "no-store")
                .build();
    }
}
