package dev.covibe.identity.oidc;

import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Access tokens of AuthKit for MCP clients that speak OAuth only (IDN-9). They open the MCP endpoint and nothing else:
 * their audience says so, and so does this server.
 */
@ApplicationScoped
public class AccessTokens {

    /** Names the workspace, by its id or by its name's form in URLs, for a person who is in several. */
    public static final String WORKSPACE = "Covibe-Workspace";

    private static final Pattern SIGNED = Pattern.compile("[^.]+\\.[^.]+\\.[^.]*");

    private final OidcAuthenticationMechanism library;
    private final Optional<String> resource;
    private final Optional<String> authorizationServer;

    AccessTokens(OidcAuthenticationMechanism library, Providers providers) {
        this.library = library;
        Optional<Provider.Workos> workos =
                providers.provider() instanceof Provider.Workos provider ? Optional.of(provider) : Optional.empty();
        this.authorizationServer = workos.flatMap(Provider.Workos::authkit);
        this.resource =
                authorizationServer.isEmpty() ? Optional.empty() : workos.map(provider -> resource(provider.origin()));
    }

    /**
     * What a checked token says.
     *
     * @param person the provider's id of the person
     * @param organization which the token is for, where it says so
     * @param client which program holds it, where it says so
     * @param workspace which the request names
     */
    public record Bearer(
            String person, Optional<String> organization, Optional<String> client, Optional<String> workspace) {}

    static String resource(String origin) {
        return origin + "/api/mcp";
    }

    /** The MCP endpoint's address, which is what tokens must be made for; empty where no such tokens are taken. */
    public Optional<String> resource() {
        return resource;
    }

    Optional<String> authorizationServer() {
        return authorizationServer;
    }

    /** Where clients read who gives tokens (RFC 9728); empty where nobody does. */
    public Optional<String> metadataUrl() {
        return resource.map(url -> url.replaceFirst("/api/mcp$", ResourceMetadata.PATH + "/api/mcp"));
    }

    /** Whether the text is to be judged here: a signed token has three parts. All else counts as a guess at MCP tokens. */
    public boolean takes(String text) {
        return resource.isPresent() && SIGNED.matcher(text).matches();
    }

    /** Fails with an {@link AuthenticationFailedException} that says nothing, whatever was wrong with the token. */
    public Uni<Bearer> check(RoutingContext context, IdentityProviderManager identities) {
        SignInTenants.markAccess(context);
        return library.authenticate(context, identities)
                .onItem()
                .ifNull()
                .failWith(AuthenticationFailedException::new)
                .map(identity -> bearer((JsonWebToken) identity.getPrincipal(), context))
                .onFailure()
                .transform(failure -> new AuthenticationFailedException());
    }

    private static Bearer bearer(JsonWebToken token, RoutingContext context) {
        return new Bearer(
                token.getSubject(),
                text(token.getClaim("org_id")),
                text(token.getClaim("client_id")),
                text(context.request().getHeader(WORKSPACE)));
    }

    private static Optional<String> text(Object claim) {
        return Optional.ofNullable(claim).map(Object::toString).filter(text -> !text.isBlank());
    }
}
