package dev.covibe.platform.web;

import io.vertx.ext.web.RoutingContext;

/** How a person sees a problem. Implemented once, by the edge that draws pages; the platform draws none. */
public interface ErrorPage {

    /** The page for a status, as HTML. */
    String html(int status, String detail, String traceId, RoutingContext context);
}
