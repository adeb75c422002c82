package dev.covibe.identity;

import dev.covibe.identity.oidc.AccessTokens;
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
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Who a request comes from. A bearer token wins over the cookie and stands or falls alone; the MCP endpoint knows no
 * cookie at all (MCP-1), so a page of another site can never drive it.
 */
@Alternative // the library of sign-in brings a mechanism of its own, which is to be asked by name only
@Priority(1)
@ApplicationScoped
class Authentication implements HttpAuthenticationMechanism {

    private static final String BEARER = "Bearer ";
    private static final String MCP = "/api/mcp";

    private final Cookies cookies;
    private final AccessTokens accessTokens;
    private final Moving moving;
    private final Refused refused;

    Authentication(Cookies cookies, AccessTokens accessTokens, Moving moving, Refused refused) {
        this.cookies = cookies;
        this.accessTokens = accessTokens;
        this.moving = moving;
        this.refused = refused;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        String authorization = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                    ? bearer(authorization.substring(BEARER.length()).strip(), context, identities)
                    : Uni.createFrom().failure(new AuthenticationFailedException());
        }
        Optional<String> cookie =
                context.request().path().startsWith(MCP) ? Optional.empty() : cookies.read(context, Cookies.SESSION);
        // A dead cookie is nobody, not a failure: the browser is led to sign in again.
        return cookie.map(secret -> identities
                        .authenticate(of(new Credentials.OfBrowser(secret, moving.rememberedTenant(context)), context))
                        .onFailure(AuthenticationFailedException.class)
                        .recoverWithNull())
                .orElseGet(() -> Uni.createFrom().nullItem());
    }

    /** An access token of the provider opens the MCP endpoint only; anywhere else it is a bad token (IDN-9). */
    private Uni<SecurityIdentity> bearer(String text, RoutingContext context, IdentityProviderManager identities) {
        if (context.request().path().equals(MCP) && accessTokens.takes(text)) {
            return accessTokens
                    .check(context, identities)
                    .chain(bearer -> identities.authenticate(of(new Credentials.OfProvider(bearer), context)));
        }
        return identities.authenticate(of(new Credentials.OfToken(text), context));
    }

    private static AuthenticationRequest of(AuthenticationRequest credentials, RoutingContext context) {
        return HttpSecurityUtils.setRoutingContextAttribute(credentials, context);
    }

    @Override
    public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
        return Set.of(Credentials.OfToken.class, Credentials.OfBrowser.class, Credentials.OfProvider.class);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", challenge(context)));
    }

    /** At the MCP endpoint it says where clients that speak OAuth learn who gives tokens (RFC 9728). */
    private String challenge(RoutingContext context) {
        return context.request().path().equals(MCP)
                ? accessTokens
                        .metadataUrl()
                        .map(url -> BEARER + "resource_metadata=\"" + url + "\"")
                        .orElse("Bearer")
                : "Bearer";
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
        context.response().putHeader("WWW-Authenticate", challenge(context));
        return Uni.createFrom()
                .completionStage(Problems.send(context, Problem.unauthenticated(TraceIds.of(context)))
                        .toCompletionStage())
                .replaceWith(true);
    }
}
