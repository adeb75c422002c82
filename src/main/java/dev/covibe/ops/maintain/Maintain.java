package dev.covibe.ops.maintain;

import dev.covibe.ops.Environment;
import dev.covibe.ops.WithoutWeb;
import jakarta.enterprise.inject.Vetoed;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code covibe maintain}: the background work, once, for platforms where the server has no CPU of its own (OPS-15). */
@Vetoed // made by the command line, never by the container
@Command(
        name = "maintain",
        description = {
            "Do every piece of background work once, and exit; exit 1 when a piece failed.",
            "Safe beside a running server and beside itself: what is being done elsewhere is left alone."
        })
public final class Maintain implements Callable<Integer> {

    private final Environment environment;

    @Option(names = "--due", description = "Only what is due, for a job that runs often.")
    boolean due;

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    @Parameters(arity = "0..*", paramLabel = "CHORE", description = "Only these; without a name, all.")
    List<String> names = List.of();

    public Maintain(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        MaintenanceRound.wish = new MaintenanceRound.Wish(names, due, json);
        return WithoutWeb.run(environment, "covibe maintain", MaintenanceRound.class);
    }
}
