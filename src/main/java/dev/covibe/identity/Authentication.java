package dev.covibe.identity;

import dev.covibe.platform.limits.Refused;
import dev.covibe.platform.problem.Problem;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.Cookies;
import dev.covibe.platform.web.Problems;
import dev.covibe.platform.web.TraceIds;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Who a request comes from. A bearer token wins over the cookie and stands or falls alone; the MCP endpoint knows no
 * cookie at all (MCP-1), so a page of another site can never drive it.
 */
@ApplicationScoped
class Authentication implements HttpAuthenticationMechanism {

    private static final String BEARER = "Bearer ";
    private static final String MCP = "/api/mcp";

    private final Cookies cookies;
    private final Refused refused;

    Authentication(Cookies cookies, Refused refused) {
        this.cookies = cookies;
        this.refused = refused;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                    ? identities.authenticate(of(
                            new Credentials.OfToken(
                                    authorization.substring(BEARER.length()).strip()),
                            context))
                    : Uni.createFrom().failure(new AuthenticationFailedException());
        }
        Optional<String> cookie =
                context.request().path().startsWith(MCP) ? Optional.empty() : cookies.read(context, Cookies.SESSION);
        // A dead cookie is nobody, not a failure: the browser is led to sign in again.
        return cookie.map(secret -> identities
                        .authenticate(of(new Credentials.OfBrowser(secret), context))
                        .onFailure(AuthenticationFailedException.class)
                        .recoverWithNull())
                .orElseGet(() -> Uni.createFrom().nullItem());
    }

    private static AuthenticationRequest of(Credentials credentials, RoutingContext context) {
        return HttpSecurityUtils.setRoutingContextAttribute(credentials, context);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(Credentials.OfToken.class, Credentials.OfBrowser.class);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
    }

    /** A browser is led to the sign-in page and back; a program gets one JSON shape. */
    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        Optional<Refusal.TooMany> tooMany = Refused.of(context);
        if (tooMany.isPresent()) {
            return Uni.createFrom()
                    .completionStage(refused.answer(context, tooMany.get()).toCompletionStage())
                    .replaceWith(true);
        }
        if (Problems.wantsPage(context)) {
            String wanted = URLEncoder.encode(context.request().uri(), StandardCharsets.UTF_8);
            context.response().setStatusCode(303).putHeader(HttpHeaders.LOCATION, "/auth/sign-in?to=" + wanted);
            return Uni.createFrom()
                    .completionStage(context.response().end().toCompletionStage())
                    .replaceWith(true);
        }
        Problem problem = Problem.of(
                401,
                "identity.unauthenticated",
                "Sign in, or send a valid token: Authorization: Bearer cvb_…",
                TraceIds.of(context));
        context.response()
                .setStatusCode(401)
                .putHeader("WWW-Authenticate", "Bearer")
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        return Uni.createFrom()
                .completionStage(context.response()
                        .end(JsonObject.mapFrom(problem).encode())
                        .toCompletionStage())
                .replaceWith(true);
    }
}
