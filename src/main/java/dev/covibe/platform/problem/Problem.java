package dev.covibe.platform.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The body of every error that a program reads: RFC 9457, {@code application/problem+json} (PLT-6).
 *
 * @param type a URI that names the kind of problem: {@code urn:covibe:problem:} and the code
 * @param title the HTTP status in words
 * @param status the HTTP status
 * @param detail one sentence for a person
 * @param code stable and dotted, for programs: {@code task.already-taken}
 * @param traceId finds this request in the server's log
 * @param errors what is wrong with which field; absent unless fields are at fault
 * @param details what the caller needs to go on, such as overlap candidates; absent when empty
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(description = "RFC 9457 problem: what went wrong, with a stable code and what to do next")
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @JsonProperty("traceId") String traceId,
        List<FieldError> errors,
        Map<String, Object> details) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /** A problem as one refusal states it. */
    public static Problem of(Refusal refusal, String traceId) {
        List<FieldError> errors = refusal instanceof Refusal.Invalid invalid ? invalid.errors() : List.of();
        return of(refusal.status(), refusal.code(), refusal.getMessage(), traceId, errors, refusal.details());
    }

    public static Problem of(int status, String code, String detail, String traceId) {
        return of(status, code, detail, traceId, List.of(), Map.of());
    }

    /** Nobody is known to ask: without a credential, or with one that is wrong, revoked or expired. */
    public static Problem unauthenticated(String traceId) {
        return of(
                401,
                "identity.unauthenticated",
                "Sign in, or send a valid token: Authorization: Bearer cvb_…",
                traceId);
    }

    private static Problem of(
            int status,
            String code,
            String detail,
            String traceId,
            List<FieldError> errors,
            Map<String, Object> details) {
        return new Problem("urn:covibe:problem:" + code, title(status), status, detail, code, traceId, errors, details);
    }

    private static String title(int status) {
        return switch (status) {
            case 400 -> "Bad request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Not found";
            case 405 -> "Method not allowed";
            case 406 -> "Not acceptable";
            case 409 -> "Conflict";
            case 413 -> "Content too large";
            case 415 -> "Unsupported media type";
            case 429 -> "Too many requests";
            case 503 -> "Service unavailable";
            default -> status >= 500 ? "Server error" : "Request refused";
        };
    }
}
