package dev.covibe.site;

import dev.covibe.platform.settings.CovibeSettings;
import dev.covibe.platform.settings.CovibeSettings.AuthMode;
import dev.covibe.platform.web.Cookies;
import dev.covibe.platform.web.Csrf;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Makes the {@link Gate} around a page for the request at hand. */
@Singleton
class Gates {

    private final CovibeSettings settings;
    private final Cookies cookies;
    private final Csrf csrf;
    private final String version;

    Gates(
            CovibeSettings settings,
            Cookies cookies,
            Csrf csrf,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.settings = settings;
        this.cookies = cookies;
        this.csrf = csrf;
        this.version = version;
    }

    Gate gate(String title, RoutingContext context) {
        return new Gate(
                title,
                cookies.read(context, Cookies.THEME).orElse(""),
                settings.auth() == AuthMode.LOCAL,
                csrf.token(context),
                String.valueOf(context.request().authority()),
                version);
    }
}
