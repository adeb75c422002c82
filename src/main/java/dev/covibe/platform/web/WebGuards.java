package dev.covibe.platform.web;

import dev.covibe.platform.problem.Problem;
import dev.covibe.platform.settings.CovibeSettings;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** What every answer carries and every request must keep to, whoever serves it: security headers and body limits. */
@Singleton
class WebGuards {

    /** 1 MiB; batches and photos have ten times that (PLT-6). */
    static final long BODY_LIMIT = 1024 * 1024;

    static final long BATCH_LIMIT = 10 * BODY_LIMIT;

    private static final String REQUEST_LIMIT = "io.quarkus.max-request-size";
    private static final String CONTENT_SECURITY =
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    private static final String API_BROWSER = "/q/swagger-ui";
    private static final String CONTENT_SECURITY_API_BROWSER =
            "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    private final boolean hosted;
    private final boolean local;

    WebGuards(CovibeSettings settings) {
        this.hosted = settings.hostedUrl().isPresent();
        this.local = settings.auth() == CovibeSettings.AuthMode.LOCAL;
    }

    void register(@Observes Filters filters) {
        filters.register(this::secureHeaders, 1000);
        filters.register(this::hideApiBrowser, 950);
        filters.register(this::limitBody, 900);
    }

    private void secureHeaders(RoutingContext context) {
        String path = context.request().path();
        var headers = context.response().headers();
        headers.set(
                "Content-Security-Policy",
                path.startsWith(API_BROWSER) ? CONTENT_SECURITY_API_BROWSER : CONTENT_SECURITY);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("X-Frame-Options", "DENY");
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        headers.set("X-Request-Id", TraceIds.of(context));
        if (hosted) {
            headers.set("Strict-Transport-Security", "max-age=63072000; includeSubDomains");
        }
        // What says nothing of it belongs to who asked: no proxy keeps it, and a browser asks again.
        context.addHeadersEndHandler(nothing -> {
            if (!headers.contains(HttpHeaders.CACHE_CONTROL)) {
                headers.set(HttpHeaders.CACHE_CONTROL, "private, no-cache");
            }
        });
        context.next();
    }

    /** The page that tries out the API is for a developer's own machine (PLT-13). */
    private void hideApiBrowser(RoutingContext context) {
        if (!local && context.request().path().startsWith(API_BROWSER)) {
            context.response().setStatusCode(404).end();
            return;
        }
        context.next();
    }

    private void limitBody(RoutingContext context) {
        long limit = isBatch(context.request().path()) ? BATCH_LIMIT : BODY_LIMIT;
        context.put(REQUEST_LIMIT, limit);
        if (announced(context.request()) > limit) {
            String detail = "The body is larger than the " + limit / BODY_LIMIT + " MiB that this address takes.";
            Problem problem = Problem.of(413, "request.too-large", detail, TraceIds.of(context));
            if (context.request().version() != HttpVersion.HTTP_2) {
                context.response().putHeader(HttpHeaders.CONNECTION, "close");
            }
            Problems.send(context, problem);
            return;
        }
        context.next();
    }

    private static boolean isBatch(String path) {
        return path.endsWith("/import")
                || path.startsWith("/api/ingest")
                || path.startsWith("/api/otlp/")
                || path.endsWith("/profile/photo")
                || path.equals("/api/snapshots");
    }

    private static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException unreadable) {
            return 0;
        }
    }
}
