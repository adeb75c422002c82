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

    String origin(RoutingContext context) {
        return settings.hostedUrl()
                .orElseGet(() ->
                        context.request().scheme() + "://" + context.request().authority())
                .replaceAll("/+$", "");
    }

    String endpoint(RoutingContext context) {
        return origin(context) + "/api/mcp";
    }
}
