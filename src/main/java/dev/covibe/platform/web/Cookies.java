package dev.covibe.platform.web;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The server's cookies. Every one is HttpOnly and SameSite=Lax, and Secure wherever the server is reached over HTTPS. */
@Singleton
public class Cookies {

    /** The signed-in browser (person_sessions). */
    public static final String SESSION = "covibe_session";

    /** The company that a browser works in, by its id (IDN-3). Local mode only; WorkOS mode never reads it. */
    public static final String TENANT = "covibe_tenant";

    /** Where a browser wanted to go before it was sent away to sign in. */
    public static final String AFTER = "covibe_after";

    /** {@code light} or {@code dark}; absent means that the page follows the system. */
    public static final String THEME = "covibe_theme";

    private final boolean secure;

    Cookies(@ConfigProperty(name = "covibe.hosted-url") Optional<String> hostedUrl) {
        // A hosted server that is reached without TLS, as in a rehearsal, would never see a Secure cookie again.
        this.secure = hostedUrl.isPresent() && !hostedUrl.get().startsWith("http://");
    }

    public Optional<String> read(RoutingContext context, String name) {
        Cookie cookie = context.request().getCookie(name);
        return cookie == null || cookie.getValue().isBlank() ? Optional.empty() : Optional.of(cookie.getValue());
    }

    public void write(RoutingContext context, String name, String value, Duration life) {
        context.response()
                .addCookie(Cookie.cookie(name, value)
                        .setPath("/")
                        .setHttpOnly(true)
                        .setSecure(secure)
                        .setSameSite(CookieSameSite.LAX)
                        .setMaxAge(life.toSeconds()));
    }

    public void clear(RoutingContext context, String name) {
        write(context, name, "", Duration.ZERO);
    }
}
