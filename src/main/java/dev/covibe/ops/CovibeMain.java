package dev.covibe.ops;

import io.quarkus.runtime.annotations.QuarkusMain;

/**
 * The executable's entry: the operator's command line, of which serving is one command. Everything but {@code serve}
 * runs without booting the server, so it answers at once and needs nothing that it does not use.
 */
@QuarkusMain
public final class CovibeMain {

    private CovibeMain() {}

    public static void main(String... arguments) {
        int exitCode = CovibeCommand.run(Environment.ofProcess(), arguments);
        if (exitCode != Serve.STILL_DEVELOPING) {
            System.exit(exitCode);
        }
    }
}
