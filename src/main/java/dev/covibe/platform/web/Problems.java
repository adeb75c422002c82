package dev.covibe.platform.web;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.covibe.platform.limits.Refused;
import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Problem;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.SqlFailure;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** The one place where REST turns a failure into an answer (PLT-6): problem+json for programs, a page for people. */
@Singleton
public class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);

    private final Instance<ErrorPage> pages;

    Problems(Instance<ErrorPage> pages) {
        this.pages = pages;
    }

    @ServerExceptionMapper
    public Response refused(Refusal refusal, RoutingContext context) {
        Response.ResponseBuilder answer = answer(Problem.of(refusal, TraceIds.of(context)), context);
        if (refusal instanceof Refusal.TooMany tooMany) {
            answer.header("Retry-After", tooMany.retryAfterSeconds());
        }
        return answer.build();
    }

    @ServerExceptionMapper
    public Response invalid(ConstraintViolationException violations, RoutingContext context) {
        List<FieldError> errors = violations.getConstraintViolations().stream()
                .map(violation ->
                        new FieldError(pointer(violation.getPropertyPath().toString()), violation.getMessage()))
                .sorted(java.util.Comparator.comparing(FieldError::pointer))
                .toList();
        String detail = errors.stream()
                .map(error -> error.pointer() + ": " + error.message())
                .collect(Collectors.joining("; "));
        return refused(Refusal.invalid("request.invalid", detail, errors.toArray(FieldError[]::new)), context);
    }

    /** Validation names the method and its argument first ({@code plan.request.title}); the caller knows only the field. */
    private static String pointer(String path) {
        String[] steps = path.split("\\.");
        int from = Math.min(2, steps.length - 1);
        return "/"
                + String.join("/", List.of(steps).subList(from, steps.length)).replaceAll("\\[(\\d+)]", "/$1");
    }

    @ServerExceptionMapper
    public Response unreadable(JacksonException unreadable, RoutingContext context) {
        return refused(unreadable(unreadable), context);
    }

    /** More specific than the framework's own mapper, which would answer with an empty body. */
    @ServerExceptionMapper
    public Response mismatched(MismatchedInputException mismatched, RoutingContext context) {
        return refused(unreadable(mismatched), context);
    }

    private static Refusal unreadable(JacksonException unreadable) {
        if (unreadable.getCause() instanceof Refusal refusal) {
            return refusal;
        }
        String where = unreadable.getLocation() == null
                ? ""
                : " (line " + unreadable.getLocation().getLineNr() + ", column "
                        + unreadable.getLocation().getColumnNr() + ")";
        if (unreadable instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            String pointer = mapping.getPath().stream()
                    .map(step -> step.getFieldName() == null ? "/" + step.getIndex() : "/" + step.getFieldName())
                    .collect(Collectors.joining());
            if (mapping instanceof UnrecognizedPropertyException unknown) {
                String known = unknown.getKnownPropertyIds().stream()
                        .map(String::valueOf)
                        .sorted()
                        .collect(Collectors.joining(", "));
                String message = "There is no field " + pointer + ". Known here: " + known + ".";
                return Refusal.invalid("request.unknown-field", message, new FieldError(pointer, "unknown field"));
            }
            String message = "The field " + pointer + " has the wrong type or an unknown value" + where + ".";
            return Refusal.invalid(
                    "request.wrong-type", message, new FieldError(pointer, "wrong type or unknown value"));
        }
        return Refusal.invalid("request.malformed", "The body is not valid JSON" + where + ".");
    }

    @ServerExceptionMapper
    public Response unauthenticated(UnauthorizedException missing, RoutingContext context) {
        return unauthenticated(context);
    }

    @ServerExceptionMapper
    public Response unauthenticated(AuthenticationFailedException failed, RoutingContext context) {
        return unauthenticated(context);
    }

    private Response unauthenticated(RoutingContext context) {
        Optional<Refusal.TooMany> tooMany = Refused.of(context);
        if (tooMany.isPresent()) {
            return refused(tooMany.get(), context);
        }
        return answer(Problem.unauthenticated(TraceIds.of(context)), context)
                .header("WWW-Authenticate", "Bearer")
                .build();
    }

    @ServerExceptionMapper
    public Response forbidden(ForbiddenException forbidden, RoutingContext context) {
        return refused(Refusal.forbidden("identity.forbidden", "You may not do this."), context);
    }

    @ServerExceptionMapper
    public Response web(WebApplicationException failure, RoutingContext context) {
        if (failure.getCause() instanceof JacksonException unreadable) {
            return unreadable(unreadable, context);
        }
        int status = failure.getResponse().getStatus();
        if (status == 404 && failure.getCause() instanceof IllegalArgumentException) {
            return refused(
                    Refusal.invalid("request.parameter", "A parameter in the address has the wrong type."), context);
        }
        if (status >= 500) {
            return unexpected(failure, context);
        }
        if (status < 400) {
            return failure.getResponse();
        }
        Explained explained = EXPLAINED.getOrDefault(
                status, new Explained("request.refused", "The request was refused with status " + status + "."));
        return answer(Problem.of(status, explained.code(), explained.detail(), TraceIds.of(context)), context)
                .build();
    }

    private record Explained(String code, String detail) {}

    private static final Map<Integer, Explained> EXPLAINED = Map.of(
            400, new Explained("request.malformed", "The request could not be read: look at its body and parameters."),
            404, new Explained("request.no-such-page", "There is nothing at this address."),
            405, new Explained("request.method", "This address does not answer to that method."),
            406, new Explained("request.not-acceptable", "This address cannot answer in the wanted media type."),
            413, new Explained("request.too-large", "The body is larger than this address takes."),
            415, new Explained("request.media-type", "This address does not take that media type."));

    @ServerExceptionMapper
    public Response unexpected(Throwable failure, RoutingContext context) {
        if (SqlFailure.isUnstorableText(failure)) {
            return refused(
                    Refusal.invalid("request.text", "A text must not contain the NUL character (U+0000)."), context);
        }
        String traceId = TraceIds.of(context);
        LOG.errorf(
                failure,
                "Request %s %s failed, trace %s",
                context.request().method(),
                context.request().path(),
                traceId);
        String detail = "Something went wrong on our side. Quote the trace id " + traceId + " when you report it.";
        return answer(Problem.of(500, "server.unexpected", detail, traceId), context)
                .build();
    }

    private Response.ResponseBuilder answer(Problem problem, RoutingContext context) {
        Response.ResponseBuilder answer = Response.status(problem.status()).header("Cache-Control", "no-store");
        if (pages.isResolvable() && wantsPage(context)) {
            String html = pages.get().html(problem.status(), problem.detail(), problem.traceId(), context);
            return answer.type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8")).entity(html);
        }
        return answer.type(Problem.MEDIA_TYPE).entity(problem);
    }

    /** Ends a request with a problem before it comes to an endpoint. */
    public static Future<Void> send(RoutingContext context, Problem problem) {
        return context.response()
                .setStatusCode(problem.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(JsonObject.mapFrom(problem).encode());
    }

    /** Whether a browser waits for a page: never below {@code /api}. */
    public static boolean wantsPage(RoutingContext context) {
        String accepted = context.request().getHeader(HttpHeaders.ACCEPT);
        return !context.request().path().startsWith("/api/") && accepted != null && accepted.contains("text/html");
    }
}
