package dev.covibe.identity;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Turns an MCP token into its owner. Every kind of bad token fails alike: no hint which it was (MCP-1). */
@ApplicationScoped
class TokenProvider implements IdentityProvider<Credentials.OfToken> {

    private final Tokens tokens;

    TokenProvider(Tokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Class<Credentials.OfToken> getRequestType() {
        return Credentials.OfToken.class;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(Credentials.OfToken token, AuthenticationRequestContext context) {
        return context.runBlocking(() -> {
            Caller caller = tokens.callerOf(token.secret()).orElseThrow(AuthenticationFailedException::new);
            return QuarkusSecurityIdentity.builder()
                    .setPrincipal(caller::handle)
                    .addAttribute(CurrentCaller.ATTRIBUTE, caller)
                    .build();
        });
    }
}
