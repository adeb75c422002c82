package dev.covibe.identity.oidc;

import dev.covibe.identity.PersonSessions.Vouched;
import dev.covibe.identity.oidc.SignInFailure.Kind;
import dev.covibe.identity.workos.WorkosApi;
import dev.covibe.identity.workos.WorkosFailure;
import dev.covibe.platform.web.Cookies;
import io.quarkus.oidc.OidcConfigurationMetadata;
import io.quarkus.oidc.UserInfo;
import io.quarkus.oidc.runtime.OidcAuthenticationMechanism;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * The authorization code flow with PKCE and state, and a nonce where the provider gives id tokens (IDN-2). It is begun and
 * finished here and used for nothing else: who arrives gets a session of this server's own.
 */
@ApplicationScoped
public class SignInFlow {

    private static final Logger LOG = Logger.getLogger(SignInFlow.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String STATE_COOKIE = "q_auth";
    private static final String SESSION_COOKIE = "q_session";

    /** Sign-ins that one browser may have begun and not finished; more would outgrow the header that carries them. */
    private static final int MOST_BEGUN = 4;

    private final OidcAuthenticationMechanism library;
    private final IdentityProviderManager identities;
    private final Providers providers;
    private final WorkosApi workos;
    private final Cookies cookies;

    SignInFlow(
            OidcAuthenticationMechanism library,
            IdentityProviderManager identities,
            Providers providers,
            @RestClient WorkosApi workos,
            Cookies cookies) {
        this.library = library;
        this.identities = identities;
        this.providers = providers;
        this.workos = workos;
        this.cookies = cookies;
    }

    /**
     * Where the browser goes to sign in; the answer's cookies remember that it is under way.
     *
     * @throws SignInFailure when the provider cannot be reached
     */
    public URI begin(RoutingContext context) {
        List<String> begun = named(context, STATE_COOKIE);
        if (begun.size() >= MOST_BEGUN) {
            clear(context, STATE_COOKIE);
        }
        SignInTenants.markSignIn(context);
        ChallengeData challenge = await(library.getChallenge(context));
        context.request().cookies().stream()
                .filter(cookie -> cookie.getName().startsWith(STATE_COOKIE) && !begun.contains(cookie.getName()))
                .forEach(cookie -> cookie.setSameSite(CookieSameSite.LAX));
        if (challenge == null || challenge.status != 302) {
            throw new SignInFailure(Kind.UNREACHABLE, "The provider gave no address to sign in at.");
        }
        return URI.create(challenge.headerContent.toString());
    }

    /**
     * Who has come back with a code.
     *
     * @throws SignInFailure when the answer is not one to a sign-in of this browser, or cannot be trusted
     */
    public Vouched finish(RoutingContext context) {
        if (context.queryParams().contains("error")) {
            clear(context, STATE_COOKIE);
            throw new SignInFailure(Kind.DECLINED, "The provider answered " + errorCode(context) + ".");
        }
        // No browser is given one that lasts, so it is forged or a leftover; it must not answer for the code.
        named(context, SESSION_COOKIE).forEach(name -> context.response().removeCookies(name, false));
        SignInTenants.markSignIn(context);
        SecurityIdentity identity;
        try {
            identity = await(library.authenticate(context, identities));
        } finally {
            cookies.clear(context, SESSION_COOKIE + "_" + SignInTenants.SIGN_IN);
        }
        if (identity == null || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw new SignInFailure(Kind.STALE, "The answer belongs to no sign-in of this browser.");
        }
        clear(context, STATE_COOKIE);
        return switch (providers.provider()) {
            case Provider.Workos provider -> vouchedByWorkos(provider, token);
            case Provider.Standard provider -> vouchedByStandard(provider, token, identity);
            case Provider.Incomplete _ -> throw new IllegalStateException("Nobody signs in here.");
        };
    }

    /** The email is in no token of WorkOS; its own record of the person has it, and whether it was verified. */
    private Vouched vouchedByWorkos(Provider.Workos provider, JsonWebToken token) {
        if (token.getIssuer() == null || !provider.isIssuer(token.getIssuer())) {
            throw new SignInFailure(
                    Kind.UNTRUSTED,
                    "The token was issued by " + token.getIssuer() + "; if that is right, set WORKOS_ISSUER to it.");
        }
        WorkosApi.User user;
        try {
            user = workos.user(token.getSubject());
        } catch (WorkosFailure | ProcessingException failure) {
            throw new SignInFailure(Kind.UNREACHABLE, "WorkOS could not be asked who signed in.", failure);
        }
        if (!user.id().equals(token.getSubject())) {
            throw new SignInFailure(Kind.UNTRUSTED, "WorkOS answered with another person.");
        }
        Optional<String> session = claim(token, "sid");
        return vouched(
                user.id(),
                Optional.ofNullable(user.email()),
                user.emailVerified(),
                claim(token, "org_id"),
                session.map(id -> provider.apiUrl() + "/user_management/sessions/logout?session_id=" + encoded(id)
                        + "&return_to=" + encoded(provider.origin() + "/auth/signed-out")));
    }

    private Vouched vouchedByStandard(Provider.Standard provider, JsonWebToken token, SecurityIdentity identity) {
        UserInfo info = identity.getAttribute("userinfo");
        if (info == null || !token.getSubject().equals(info.getSubject())) {
            throw new SignInFailure(Kind.UNTRUSTED, "The provider's answers are about different people.");
        }
        OidcConfigurationMetadata metadata = identity.getAttribute("configuration-metadata");
        Optional<String> ending = Optional.ofNullable(metadata).map(OidcConfigurationMetadata::getEndSessionUri);
        return vouched(
                token.getSubject(),
                Optional.ofNullable(info.getString("email")),
                "true".equals(String.valueOf(info.get("email_verified"))),
                claim(token, provider.organizationClaim())
                        .or(() -> Optional.ofNullable(info.getString(provider.organizationClaim()))),
                ending.map(url -> url + (url.contains("?") ? "&" : "?") + "client_id=" + encoded(provider.clientId())
                        + "&post_logout_redirect_uri=" + encoded(provider.origin() + "/auth/signed-out")));
    }

    private static Vouched vouched(
            String id,
            Optional<String> email,
            boolean verified,
            Optional<String> organization,
            Optional<String> signOutUrl) {
        String known = email.map(text -> text.strip().toLowerCase(Locale.ROOT)).orElse("");
        if (known.isEmpty() || !verified) {
            throw new SignInFailure(Kind.UNVERIFIED, "The provider does not vouch for an email of this person.");
        }
        return new Vouched(id, known, organization, signOutUrl);
    }

    private static Optional<String> claim(JsonWebToken token, String name) {
        return Optional.ofNullable(token.getClaim(name)).map(Object::toString).filter(text -> !text.isBlank());
    }

    private static <T> T await(Uni<T> answer) {
        try {
            return answer.await().atMost(PATIENCE);
        } catch (RuntimeException failure) {
            // What exactly was wrong is for the operator; nothing of it helps an honest person.
            LOG.warnf("A sign-in failed: %s", failure.getMessage());
            boolean refused = failure instanceof AuthenticationException && !isOutage(failure);
            throw new SignInFailure(
                    refused ? Kind.STALE : Kind.UNREACHABLE, "The library of sign-in gave up.", failure);
        }
    }

    private static boolean isOutage(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof IOException || cause instanceof TimeoutException);
    }

    /** Providers' own words could say anything, so only what looks like a code is passed on. */
    private static String errorCode(RoutingContext context) {
        String code = context.queryParams().get("error");
        return code.matches("[a-z_]{1,60}") ? code : "with an error";
    }

    private static List<String> named(RoutingContext context, String prefix) {
        return context.request().cookies().stream()
                .map(Cookie::getName)
                .filter(name -> name.startsWith(prefix))
                .distinct()
                .toList();
    }

    private void clear(RoutingContext context, String prefix) {
        named(context, prefix).forEach(name -> cookies.clear(context, name));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
