package dev.covibe.mcp;

import dev.covibe.platform.problem.Problem;
import dev.covibe.platform.web.Problems;
import dev.covibe.platform.web.TraceIds;
import io.quarkus.security.AuthenticationException;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticator;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Stands before the protocol library and keeps the endpoint stateless and its errors plain (MCP-1). Instances must be
 * interchangeable, so nothing that would lean on one instance's memory is offered: no stream to listen on, no session to
 * delete, and the news that a client is ready is accepted whoever greeted it.
 */
@Singleton
class EndpointGate {

    /** Behind authentication, which is at -200 and -100, and before every ordinary route. */
    private static final int ORDER = -50;

    private static final long BODY_LIMIT = 1024 * 1024;
    private static final List<String> REVISIONS = List.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25");

    private final String path;
    private final HttpAuthenticator authenticator;
    private final JsonObject tools;
    private final BodyHandler bodies = BodyHandler.create(false).setBodyLimit(BODY_LIMIT);

    EndpointGate(
            @ConfigProperty(name = "quarkus.mcp.server.http.root-path") String path,
            Toolbox toolbox,
            HttpAuthenticator authenticator) {
        this.path = path;
        this.authenticator = authenticator;
        this.tools = new JsonObject().put("tools", toolbox.listed());
    }

    void open(@Observes Router router) {
        // Matches the path itself and everything below it.
        router.route(path + "/*").order(ORDER).handler(this::admit).failureHandler(this::explain);
        router.post(path).order(ORDER).handler(this::readBody).handler(this::check);
    }

    private void admit(RoutingContext context) {
        if (!context.request().path().equals(path)) {
            refuse(context, 404, "request.no-such-page", "The MCP endpoint is " + path + ".");
            return;
        }
        if (context.request().method() != HttpMethod.POST) {
            context.response().putHeader(HttpHeaders.ALLOW, "POST");
            refuse(context, 405, "request.method", "The MCP endpoint takes POST; it keeps no stream and no session.");
            return;
        }
        if (!accepts(context, "application/json") || !accepts(context, "text/event-stream")) {
            String detail = "An MCP client accepts both application/json and text/event-stream.";
            refuse(context, 406, "request.not-acceptable", detail);
            return;
        }
        String revision = context.request().getHeader("MCP-Protocol-Version");
        if (revision != null && !REVISIONS.contains(revision)) {
            answer(context, Envelope.Fault.unsupported(REVISIONS));
            return;
        }
        // The library wants both types by name and takes no wildcard for them.
        context.request().headers().set(HttpHeaders.ACCEPT, "application/json, text/event-stream");
        context.next();
    }

    private static boolean accepts(RoutingContext context, String type) {
        List<String> accepted = context.request().headers().getAll(HttpHeaders.ACCEPT);
        return accepted.isEmpty() || accepted.stream().anyMatch(some -> some.contains(type) || some.contains("*/*"));
    }

    /** Checking a token leaves the event loop; a body is read on it. */
    private void readBody(RoutingContext context) {
        if (Context.isOnEventLoopThread()) {
            context.request().resume();
            bodies.handle(context);
        } else {
            context.vertx().getOrCreateContext().runOnContext(_ -> {
                context.request().resume();
                bodies.handle(context);
            });
        }
    }

    private void check(RoutingContext context) {
        Envelope envelope = Envelope.of(context.body().buffer());
        if (envelope.fault().isPresent()) {
            answer(context, envelope.fault().get());
        } else if (envelope.isNotification()) {
            context.response().setStatusCode(202).end();
        } else if (envelope.isRequest("tools/list")) {
            answer(context, envelope.result(tools));
        } else {
            context.next();
        }
    }

    private static void answer(RoutingContext context, JsonObject message) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(message.encode());
    }

    private static void answer(RoutingContext context, Envelope.Fault fault) {
        context.response()
                .setStatusCode(fault.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(fault.answer().encode());
    }

    private static void refuse(RoutingContext context, int status, String code, String detail) {
        Problems.send(context, Problem.of(status, code, detail, TraceIds.of(context)));
    }

    /** Before the library's own words for it, which differ from one bad token to the other and name classes. */
    private void explain(RoutingContext context) {
        if (context.failure() instanceof AuthenticationException) {
            authenticator.sendChallenge(context).subscribe().with(sent -> {}, failure -> context.response()
                    .setStatusCode(401)
                    .end());
        } else if (context.statusCode() == 413) {
            refuse(context, 413, "request.too-large", "A message has at most 1 MiB.");
        } else {
            context.next();
        }
    }
}
