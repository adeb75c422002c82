package dev.covibe.identity.workos;

/**
 * WorkOS refused a call or could not be asked. The message names what was asked and never a key.
 */
public class WorkosFailure extends RuntimeException {

    private final int status;
    private final String code;

    WorkosFailure(int status, String code, String message) {
        super("WorkOS answered " + status + " " + code + ": " + message);
        this.status = status;
        this.code = code;
    }

    /** The HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** WorkOS' word for it, such as {@code organization_not_found}; empty where it gave none. */
    public String code() {
        return code;
    }

    /** Whether asking the same again later can help: WorkOS was busy or broken, the request was in order. */
    public boolean isPassing() {
        return status == 408 || status == 429 || status >= 500;
    }
}
