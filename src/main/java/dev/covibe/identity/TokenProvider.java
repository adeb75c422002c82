package dev.covibe.identity;

import dev.covibe.platform.limits.Refused;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.Addresses;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityUtils;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Turns an MCP token into its owner. Every kind of bad token fails alike: no hint which it was (MCP-1). */
@ApplicationScoped
class TokenProvider implements IdentityProvider<Credentials.OfToken> {

    private final TokenGuesses tokens;
    private final Addresses addresses;

    TokenProvider(TokenGuesses tokens, Addresses addresses) {
        this.tokens = tokens;
        this.addresses = addresses;
    }

    @Override
    public Class<Credentials.OfToken> getRequestType() {
        return Credentials.OfToken.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(Credentials.OfToken token, AuthenticationRequestContext context) {
        return context.runBlocking(() -> {
            Caller caller = callerOf(token);
            return QuarkusSecurityIdentity.builder()
                    .setPrincipal(caller::handle)
                    .addAttribute(CurrentCaller.ATTRIBUTE, caller)
                    .build();
        });
    }

    private Caller callerOf(Credentials.OfToken token) {
        RoutingContext request = HttpSecurityUtils.getRoutingContextAttribute(token);
        try {
            return tokens.callerOf(token.secret(), addresses.of(request))
                    .orElseThrow(AuthenticationFailedException::new);
        } catch (Refusal.TooMany tooMany) {
            // The framework knows one way for authentication to fail; the challenge finds the reason here.
            Refused.remember(request, tooMany);
            throw new AuthenticationFailedException();
        }
    }
}
