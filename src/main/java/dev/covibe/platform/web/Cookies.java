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

    /** {@code light} or {@code dark}; absent means that the page follows the system. */
    public static final String THEME = "covibe_theme";

    private final boolean secure;

    Cookies(@ConfigProperty(name = "covibe.hosted-url") Optional<String> hostedUrl) {
        this.secure = hostedUrl.isPresent();
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
