package dev.covibe.ops;

import dev.covibe.ops.demo.DemoRun;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.inject.Vetoed;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code covibe demo}: fills a workspace with a believable team's eight weeks (OPS-12). Local mode only. */
@Vetoed // made by the command line, never by the container
@Command(
        name = "demo",
        description = {
            "Fill a workspace with eight weeks of a team's work, so that every page can be seen full.",
            "In a company of its own, Fernway. The same seed and last day tell the same story."
        })
final class Demo implements Callable<Integer> {

    private final Environment environment;

    @Option(
            names = "--workspace",
            description = "The workspace to fill, which must be empty (default: ${DEFAULT-VALUE}).")
    String workspace = "Demo";

    @Option(names = "--seed", description = "Another number tells another story (default: ${DEFAULT-VALUE}).")
    long seed = 1;

    @Option(
            names = "--scale",
            description =
                    "How many times as much history, 1 to 100; 1 makes 100,000 work events (default: ${DEFAULT-VALUE}).")
    int scale = 1;

    @Option(names = "--until", description = "The last day, such as 2026-11-20 (default: today).")
    LocalDate until;

    Demo(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (!environment.isLocal()) {
            throw Failure.of("The demo invents people who may sign in, so it is for local mode alone.");
        }
        if (environment.hasExternalDatabase()) {
            return fill(environment.runtime().with("currentSchema", SchemaSetup.SCHEMA));
        }
        try (EmbeddedAccess access = EmbeddedAccess.open(environment, "covibe demo")) {
            access.migrate();
            int code = fill(access.runtime());
            if (code == ExitCodes.FINE) {
                analyze(access.superuser());
            }
            return code;
        }
    }

    private int fill(DatabaseAddress runtime) {
        StartChecks.require(runtime);
        ServerSettings.connect(runtime, environment.secret());
        System.setProperty("quarkus.http.host-enabled", "false");
        System.setProperty("quarkus.scheduler.start-mode", "halted");
        System.setProperty("quarkus.log.console.stderr", "true");
        // All in one transaction, whatever the scale, and millions of rows in one statement.
        System.setProperty("quarkus.transaction-manager.default-transaction-timeout", "2H");
        System.setProperty("quarkus.datasource.jdbc.additional-jdbc-properties.socketTimeout", "7200");
        for (String category :
                new String[] {"level", "category.\"io.agroal\".level", "category.\"io.quarkus\".level"}) {
            System.setProperty("quarkus.log." + category, "ERROR");
        }
        DemoRun.wish(workspace, seed, scale, Optional.ofNullable(until));
        AtomicInteger exitCode = new AtomicInteger();
        Quarkus.run(DemoRun.class, (code, failure) -> {
            if (failure != null) {
                failure.printStackTrace();
            }
            exitCode.set(failure == null ? code : ExitCodes.FAILED);
        });
        return exitCode.get();
    }

    /** So much comes at once that the planner would guess for a minute; nobody should see that on their first page. */
    private static void analyze(DatabaseAddress superuser) {
        try (Connection connection = superuser.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("analyze");
        } catch (SQLException failure) {
            throw ConnectFailures.explain(superuser, failure);
        }
    }
}
