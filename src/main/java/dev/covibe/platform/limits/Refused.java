package dev.covibe.platform.limits;

import dev.covibe.platform.problem.Problem;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.ErrorPage;
import dev.covibe.platform.web.Problems;
import dev.covibe.platform.web.TraceIds;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * How a request is answered that came too often, before any resource has seen it: 429 with {@code Retry-After}, as
 * problem+json, as a page, or as an error that MCP clients show to their agent.
 */
@Singleton
public class Refused {

    private static final String KEY = "covibe.refused";
    private static final String MCP = "/api/mcp";
    /** In the range that JSON-RPC leaves to servers. */
    private static final int TOO_MANY = -32029;

    private final Instance<ErrorPage> pages;

    Refused(Instance<ErrorPage> pages) {
        this.pages = pages;
    }

    /** Notes why authentication failed where the reason is not a wrong credential. */
    public static void remember(RoutingContext context, Refusal.TooMany tooMany) {
        context.put(KEY, tooMany);
    }

    public static Optional<Refusal.TooMany> of(RoutingContext context) {
        return Optional.ofNullable(context.get(KEY));
    }

    public Future<Void> answer(RoutingContext context, Refusal.TooMany tooMany) {
        var response = context.response()
                .setStatusCode(tooMany.status())
                .putHeader("Retry-After", Integer.toString(tooMany.retryAfterSeconds()))
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        Problem problem = Problem.of(tooMany, TraceIds.of(context));
        if (context.request().path().equals(MCP)) {
            return response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(message(problem, tooMany).encode());
        }
        if (pages.isResolvable() && Problems.wantsPage(context)) {
            return response.putHeader(HttpHeaders.CONTENT_TYPE, "text/html;charset=UTF-8")
                    .end(pages.get().html(problem.status(), problem.detail(), problem.traceId(), context));
        }
        return Problems.send(context, problem);
    }

    /** The body has not been read, so the message's id is unknown and left open, as JSON-RPC wants it then. */
    private static JsonObject message(Problem problem, Refusal.TooMany tooMany) {
        String words = problem.code() + ": " + problem.detail() + "\nnext: wait " + tooMany.retryAfterSeconds()
                + " seconds, then make the same call again, with the same idempotency_key where it has one";
        return new JsonObject()
                .put("jsonrpc", "2.0")
                .putNull("id")
                .put(
                        "error",
                        new JsonObject()
                                .put("code", TOO_MANY)
                                .put("message", words)
                                .put(
                                        "data",
                                        new JsonObject()
                                                .put("code", problem.code())
                                                .put("retry_after", tooMany.retryAfterSeconds())
                                                .put("traceId", problem.traceId())));
    }
}
