package dev.covibe.console;

import dev.covibe.platform.settings.CovibeSettings;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Under which address the reader reaches this server, so that what they copy works from where they are. */
@Singleton
class Origins {

    private final CovibeSettings settings;

    Origins(CovibeSettings settings) {
        this.settings = settings;
    }

    String endpoint(RoutingContext context) {
        String origin = settings.hostedUrl()
                .orElseGet(() ->
                        context.request().scheme() + "://" + context.request().authority());
        return origin.replaceAll("/+$", "") + "/api/mcp";
    }
}
