package dev.covibe.ops;

/** What every command answers with (OPS). */
public final class ExitCodes {

    public static final int FINE = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;

    private ExitCodes() {}
}
