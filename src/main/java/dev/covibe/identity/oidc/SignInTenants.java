package dev.covibe.identity.oidc;

import dev.covibe.platform.crypto.Secrets;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.quarkus.oidc.common.runtime.config.OidcClientCommonConfig.Credentials.Secret.Method;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;

/**
 * What the OpenID Connect library is told. It is told at run time, because one build serves local and hosted servers; and
 * it works only on requests that were marked for it, so that no other page or call can ever be opened by it.
 */
@ApplicationScoped
class SignInTenants implements TenantConfigResolver {

    /** Names of the library's cookies are made of these. */
    static final String SIGN_IN = "sign-in";

    private static final String ACCESS = "access";
    private static final String MARK = "covibe.oidc";

    /** Long enough to make an account and to read the email that verifies it. */
    private static final Duration LONGEST_SIGN_IN = Duration.ofMinutes(30);

    private final Optional<OidcTenantConfig> signIn;
    private final Optional<OidcTenantConfig> access;

    SignInTenants(Providers providers, Secrets secrets) {
        String stateSecret = secrets.tag("sign-in state", SIGN_IN);
        this.signIn = switch (providers.provider()) {
            case Provider.Workos workos -> Optional.of(workos(workos, stateSecret));
            case Provider.Standard standard -> Optional.of(standard(standard, stateSecret));
            case Provider.Incomplete _ -> Optional.empty();
        };
        this.access = providers.provider() instanceof Provider.Workos workos
                ? workos.authkit().map(authkit -> access(workos, authkit))
                : Optional.empty();
    }

    static void markSignIn(RoutingContext context) {
        context.put(MARK, SIGN_IN);
    }

    static void markAccess(RoutingContext context) {
        context.put(MARK, ACCESS);
    }

    /** Without a mark the default tenant answers, which is switched off in application.properties. */
    @Override
    public Uni<OidcTenantConfig> resolve(RoutingContext context, OidcRequestContext<OidcTenantConfig> request) {
        String mark = context.get(MARK, "");
        return Uni.createFrom()
                .item((mark.equals(SIGN_IN)
                                ? signIn
                                : mark.equals(ACCESS) ? access : Optional.<OidcTenantConfig>empty())
                        .orElse(null));
    }

    /** WorkOS gives no id token, no audience and no nonce: {@link AccessTokenAsIdToken}, and PKCE in the nonce's place. */
    private static OidcTenantConfig workos(Provider.Workos workos, String stateSecret) {
        return OidcTenantConfig.authServerUrl(workos.apiUrl())
                .tenantId(SIGN_IN)
                .applicationType(ApplicationType.WEB_APP)
                .discoveryEnabled(false)
                .authorizationPath("/user_management/authorize")
                .tokenPath("/user_management/authenticate")
                .jwksPath("/sso/jwks/" + workos.clientId())
                .clientId(workos.clientId())
                .credentials()
                .clientSecret(workos.apiKey(), Method.POST)
                .end()
                .authentication()
                .redirectPath(workos.origin() + Provider.CALLBACK)
                .addOpenidScope(false)
                .extraParam("provider", "authkit")
                .forwardParams("organization_id", "invitation_token", "login_hint", "screen_hint")
                .pkceRequired()
                .stateSecret(stateSecret)
                .stateCookieAge(LONGEST_SIGN_IN)
                .removeRedirectParameters(false)
                .failOnMissingStateParam()
                .cookieForceSecure(workos.origin().startsWith("https:"))
                .end()
                .token()
                .issuer("any")
                .audience("any")
                .end()
                .tokenStateManager()
                .encryptionRequired(false)
                .end()
                .build();
    }

    private static OidcTenantConfig standard(Provider.Standard standard, String stateSecret) {
        return OidcTenantConfig.authServerUrl(standard.issuer())
                .tenantId(SIGN_IN)
                .applicationType(ApplicationType.WEB_APP)
                .clientId(standard.clientId())
                .credentials(standard.clientSecret())
                .authentication()
                .redirectPath(standard.origin() + Provider.CALLBACK)
                .scopes("email", "profile")
                .forwardParams("login_hint")
                .userInfoRequired()
                .pkceRequired()
                .nonceRequired()
                .stateSecret(stateSecret)
                .stateCookieAge(LONGEST_SIGN_IN)
                .removeRedirectParameters(false)
                .failOnMissingStateParam()
                .cookieForceSecure(standard.origin().startsWith("https:"))
                .end()
                .tokenStateManager()
                .encryptionRequired(false)
                .end()
                .build();
    }

    /** Access tokens of AuthKit, made for the MCP endpoint of this very server and for nothing else (RFC 8707). */
    private static OidcTenantConfig access(Provider.Workos workos, String authkit) {
        return OidcTenantConfig.authServerUrl(authkit)
                .tenantId(ACCESS)
                .applicationType(ApplicationType.SERVICE)
                .discoveryEnabled(false)
                .jwksPath("/oauth2/jwks")
                .clientId(workos.clientId())
                .token()
                .issuer(authkit)
                .audience(AccessTokens.resource(workos.origin()))
                .subjectRequired()
                .allowJwtIntrospection(false)
                .allowOpaqueTokenIntrospection(false)
                .end()
                .build();
    }
}
