package dev.covibe.platform.web;

import dev.covibe.platform.settings.CovibeSettings;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Under which address the reader reaches this server, so that what they copy works from where they are. */
@Singleton
public class Origins {

    private final CovibeSettings settings;

    Origins(CovibeSettings settings) {
        this.settings = settings;
    }

    /** A configured address wins: the Host header is whatever the asker says. Without a slash at its end. */
    public String origin(RoutingContext context) {
        return settings.hostedUrl()
                .orElseGet(() ->
                        context.request().scheme() + "://" + context.request().authority())
                .replaceAll("/+$", "");
    }

    /** Of the MCP endpoint. */
    public String endpoint(RoutingContext context) {
        return origin(context) + "/api/mcp";
    }
}
