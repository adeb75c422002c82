package dev.covibe.platform.web;

import dev.covibe.platform.crypto.Secrets;
import dev.covibe.platform.problem.Refusal;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.WithFormRead;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/**
 * Refuses writes that another site made a browser send (PLT-10). A write with the session cookie needs that session's
 * token, in the header {@code X-CSRF-Token} or the form field {@code csrf}; a write without any cookie (signing in)
 * must come from our own origin. Writes by bearer token carry no ambient authority and pass.
 */
@Singleton
public class Csrf {

    public static final String HEADER = "X-CSRF-Token";
    public static final String FIELD = "csrf";

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");
    private static final String PURPOSE = "csrf";

    private final Secrets secrets;
    private final Cookies cookies;

    Csrf(Secrets secrets, Cookies cookies) {
        this.secrets = secrets;
        this.cookies = cookies;
    }

    /** The token that forms of this browser session must send back; empty for a browser without a session. */
    public String token(RoutingContext context) {
        return cookies.read(context, Cookies.SESSION)
                .map(session -> secrets.tag(PURPOSE, session))
                .orElse("");
    }

    @ServerRequestFilter
    @WithFormRead
    public void guard(ResteasyReactiveContainerRequestContext request, RoutingContext context) {
        HttpServerRequest http = context.request();
        if (SAFE.contains(http.method().name()) || http.getHeader(HttpHeaders.AUTHORIZATION) != null) {
            return;
        }
        Optional<String> session = cookies.read(context, Cookies.SESSION);
        boolean trusted =
                session.isPresent() ? secrets.isTag(PURPOSE, session.get(), sent(request, http)) : isSameOrigin(http);
        if (!trusted) {
            throw Refusal.forbidden(
                    "request.forged",
                    "This request did not come from a page of this server. Reload the page and try again; "
                            + "programs send X-CSRF-Token or a bearer token.");
        }
    }

    private static String sent(ResteasyReactiveContainerRequestContext request, HttpServerRequest http) {
        String header = http.getHeader(HEADER);
        if (header != null) {
            return header;
        }
        ResteasyReactiveRequestContext context = (ResteasyReactiveRequestContext) request.getServerRequestContext();
        return context.getFormParameter(FIELD, true, false) instanceof String field ? field : "";
    }

    private static boolean isSameOrigin(HttpServerRequest http) {
        String site = http.getHeader("Sec-Fetch-Site");
        String origin = http.getHeader(HttpHeaders.ORIGIN);
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        return origin == null
                || http.authority() != null
                        && authority(origin)
                                .filter(http.authority().toString()::equals)
                                .isPresent();
    }

    private static Optional<String> authority(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
