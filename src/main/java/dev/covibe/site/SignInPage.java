package dev.covibe.site;

import dev.covibe.identity.Attempts;
import dev.covibe.identity.PersonSessions;
import dev.covibe.platform.settings.CovibeSettings;
import dev.covibe.platform.settings.CovibeSettings.AuthMode;
import dev.covibe.platform.web.Addresses;
import dev.covibe.platform.web.Cookies;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Signing in and out (IDN-1). Local mode believes an email; WorkOS mode stays closed until it is whole. */
@Path("/auth")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
public class SignInPage {

    private static final Pattern EMAIL = Pattern.compile("^[^@\\s]{1,64}@[^@\\s]{1,189}$");
    private static final Pattern LOCAL_PATH = Pattern.compile("^/(?![/\\\\])[^\\r\\n]*$");
    private static final String START = "/workstreams";

    private final PersonSessions sessions;
    private final Attempts attempts;
    private final Addresses addresses;
    private final Cookies cookies;
    private final CovibeSettings settings;
    private final Gates gates;
    private final Map<String, String> environment = System.getenv();

    SignInPage(
            PersonSessions sessions,
            Attempts attempts,
            Addresses addresses,
            Cookies cookies,
            CovibeSettings settings,
            Gates gates) {
        this.sessions = sessions;
        this.attempts = attempts;
        this.addresses = addresses;
        this.cookies = cookies;
        this.settings = settings;
        this.gates = gates;
    }

    @CheckedTemplate(basePath = "sign-in", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
    static class Templates {
        private Templates() {}

        static native TemplateInstance signIn(Gate gate, SignInView view);

        static native TemplateInstance blocked(Gate gate, BlockedView view);

        static native TemplateInstance signedOut(Gate gate);
    }

    @GET
    @Path("/sign-in")
    @Operation(hidden = true)
    public Response form(@QueryParam("to") @DefaultValue(START) String to, RoutingContext context) {
        return settings.auth() == AuthMode.LOCAL ? page(200, "", to, "", context) : blocked(context);
    }

    @POST
    @Path("/sign-in")
    @Operation(hidden = true)
    public Response signIn(
            @FormParam("email") @DefaultValue("") String email,
            @FormParam("to") @DefaultValue(START) String to,
            RoutingContext context) {
        if (settings.auth() != AuthMode.LOCAL) {
            return blocked(context);
        }
        String wanted = email.strip().toLowerCase(Locale.ROOT);
        String network = Addresses.network(addresses.of(context));
        attempts.require(Attempts.Kind.SIGN_IN_FAILED, network);
        if (!EMAIL.matcher(wanted).matches()) {
            attempts.count(Attempts.Kind.SIGN_IN_FAILED, network);
            return page(422, email, to, "Type an email address, such as you@example.com.", context);
        }
        boolean known = !sessions.memberships(wanted).isEmpty();
        if (!known) {
            // A new team begins like this, and so does whoever tries which addresses are known here.
            attempts.count(Attempts.Kind.SIGN_IN_FAILED, network);
        }
        cookies.write(context, Cookies.SESSION, sessions.open(wanted), PersonSessions.LIFE);
        String target = known ? localPath(to) : "/onboarding";
        return Response.seeOther(URI.create(target)).build();
    }

    /** Only a path of this server may be the way back; anything else would lend our name to another site. */
    private static String localPath(String to) {
        try {
            return LOCAL_PATH.matcher(to).matches() ? URI.create(to).toString() : START;
        } catch (IllegalArgumentException unreadable) {
            return START;
        }
    }

    @POST
    @Path("/sign-out")
    @Operation(hidden = true)
    public Response signOut(RoutingContext context) {
        cookies.read(context, Cookies.SESSION).ifPresent(sessions::close);
        cookies.clear(context, Cookies.SESSION);
        return Response.seeOther(URI.create("/auth/signed-out")).build();
    }

    @GET
    @Path("/signed-out")
    @Operation(hidden = true)
    public TemplateInstance signedOut(RoutingContext context) {
        return Templates.signedOut(gates.gate("Signed out", context));
    }

    private Response page(int status, String email, String to, String error, RoutingContext context) {
        SignInView view = new SignInView(email, localPath(to), error);
        return Response.status(status)
                .entity(Templates.signIn(gates.gate("Sign in", context), view))
                .header("Cache-Control", "no-store")
                .build();
    }

    private Response blocked(RoutingContext context) {
        List<String> missing = Stream.of("WORKOS_API_KEY", "WORKOS_CLIENT_ID", "COVIBE_HOSTED_URL")
                .filter(key -> environment.getOrDefault(key, "").isBlank())
                .toList();
        String reason = missing.isEmpty()
                ? "This version cannot sign people in through WorkOS yet."
                : "This server is to sign people in through WorkOS, but its configuration is not complete.";
        return Response.status(503)
                .entity(Templates.blocked(gates.gate("Sign-in is blocked", context), new BlockedView(reason, missing)))
                .header("Cache-Control", "no-store")
                .build();
    }
}
