package dev.covibe.platform.problem;

import java.util.List;
import java.util.Map;

/**
 * The domain's way to say no. Every refusal has a stable {@code code} that programs may rely on and one plain sentence
 * for a person. Each edge translates it once: problem+json for REST (PLT-6), a tool error for MCP (MCP-4), a fragment
 * for the console.
 */
public abstract sealed class Refusal extends RuntimeException {

    private final String code;
    private final transient Map<String, Object> details;

    private Refusal(String code, String message, Map<String, Object> details) {
        super(message, null, false, false);
        this.code = code;
        this.details = Map.copyOf(details);
    }

    /** Stable, dotted, lower case: {@code task.already-taken}. */
    public String code() {
        return code;
    }

    /** Machine-readable context, such as the holder of a claim; serialised beside the code. */
    public Map<String, Object> details() {
        return details;
    }

    /** HTTP status that an edge answers with. */
    public abstract int status();

    /** The thing does not exist, or the caller may not know that it does. */
    public static NotFound notFound(String code, String message) {
        return new NotFound(code, message);
    }

    /** The state of things forbids it now. */
    public static Conflict conflict(String code, String message) {
        return new Conflict(code, message, Map.of());
    }

    /** The state of things forbids it now; {@code details} holds what the caller needs to go on. */
    public static Conflict conflict(String code, String message, Map<String, Object> details) {
        return new Conflict(code, message, details);
    }

    /** The request itself is wrong; {@code errors} say which fields. */
    public static Invalid invalid(String code, String message, FieldError... errors) {
        return new Invalid(code, message, List.of(errors));
    }

    /** One field of the request is wrong. */
    public static Invalid invalidField(String pointer, String message) {
        return new Invalid("request.invalid", message, List.of(new FieldError(pointer, message)));
    }

    /** Known, but not allowed to. */
    public static Forbidden forbidden(String code, String message) {
        return new Forbidden(code, message);
    }

    /** Too much in too short a time; come back after {@code retryAfterSeconds}. */
    public static TooMany tooMany(String code, String message, int retryAfterSeconds) {
        return new TooMany(code, message, retryAfterSeconds);
    }

    public static final class NotFound extends Refusal {
        private NotFound(String code, String message) {
            super(code, message, Map.of());
        }

        @Override
        public int status() {
            return 404;
        }
    }

    public static final class Conflict extends Refusal {
        private Conflict(String code, String message, Map<String, Object> details) {
            super(code, message, details);
        }

        @Override
        public int status() {
            return 409;
        }
    }

    public static final class Invalid extends Refusal {
        private final transient List<FieldError> errors;

        private Invalid(String code, String message, List<FieldError> errors) {
            super(code, message, Map.of());
            this.errors = List.copyOf(errors);
        }

        public List<FieldError> errors() {
            return errors;
        }

        @Override
        public int status() {
            return 400;
        }
    }

    public static final class Forbidden extends Refusal {
        private Forbidden(String code, String message) {
            super(code, message, Map.of());
        }

        @Override
        public int status() {
            return 403;
        }
    }

    public static final class TooMany extends Refusal {
        private final int retryAfterSeconds;

        private TooMany(String code, String message, int retryAfterSeconds) {
            super(code, message, Map.of());
            this.retryAfterSeconds = retryAfterSeconds;
        }

        public int retryAfterSeconds() {
            return retryAfterSeconds;
        }

        @Override
        public int status() {
            return 429;
        }
    }
}
