package dev.covibe.ops;

/** Something an operator can mend. The message is the whole story: one sentence with the fix, printed without a stack trace. */
public final class Failure extends RuntimeException {

    private final int exitCode;

    private Failure(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** A check or a piece of work failed: exit code 1. */
    public static Failure of(String message) {
        return new Failure(ExitCodes.FAILED, message, null);
    }

    /** As {@link #of(String)}, keeping the cause for the log. */
    public static Failure of(String message, Throwable cause) {
        return new Failure(ExitCodes.FAILED, message, cause);
    }

    /** The command was called wrongly: exit code 2. */
    public static Failure usage(String message) {
        return new Failure(ExitCodes.USAGE, message, null);
    }

    int exitCode() {
        return exitCode;
    }
}
