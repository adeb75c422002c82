package dev.covibe.ops;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import sun.misc.Signal;

/** The time between ready and stop. An asked-for stop is a success, so it ends with exit code 0 (PLT-14). */
public final class Server implements QuarkusApplication {

    private final Banner banner;

    Server(Banner banner) {
        this.banner = banner;
    }

    @Override
    public int run(String... arguments) {
        for (String name : new String[] {"TERM", "INT"}) {
            Signal.handle(new Signal(name), signal -> {
                // Who asks twice does not want to wait for running requests.
                Signal.handle(signal, again -> Runtime.getRuntime().halt(128 + again.getNumber()));
                Quarkus.asyncExit(ExitCodes.FINE);
            });
        }
        banner.print();
        Quarkus.waitForExit();
        return ExitCodes.FINE;
    }
}
