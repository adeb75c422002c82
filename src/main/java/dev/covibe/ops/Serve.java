package dev.covibe.ops;

import dev.covibe.ops.LocalDatabase.Durability;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import jakarta.enterprise.inject.Vetoed;
import java.io.Console;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code covibe serve}: everything that must be so before the server boots, the server, and the end after it. */
@Vetoed // made by the command line, never by the container
@Command(name = "serve", description = "Serve the console, the REST interface and MCP (the default).")
final class Serve implements Callable<Integer> {

    /** Dev mode restarts the application within one JVM: there, the end of a run is not the end of the process. */
    static final int STILL_DEVELOPING = -1;

    /** Survives dev mode's reloads, which throw away every class of ours. */
    private static final String PREPARED = "dev.covibe.prepared";

    private final Environment environment;

    @Option(names = "--reset", description = "Delete the embedded database first, and everything in it.")
    boolean reset;

    @Option(names = "--yes", description = "Do not ask before --reset.")
    boolean yes;

    private final Deque<Runnable> endings = new ArrayDeque<>();

    Serve(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        boolean developing = LaunchMode.current() == LaunchMode.DEVELOPMENT;
        environment.auth();
        if (System.getProperty(PREPARED) == null) {
            Runtime.getRuntime().addShutdownHook(new Thread(this::end, "covibe-end"));
            prepare();
            System.setProperty(PREPARED, "true");
        }
        AtomicInteger exitCode = new AtomicInteger();
        Quarkus.run(Server.class, (code, failure) -> exitCode.set(failure == null ? code : ExitCodes.FAILED));
        if (developing) {
            return STILL_DEVELOPING;
        }
        end();
        return exitCode.get();
    }

    private void prepare() {
        String secret = environment.secret();
        DatabaseAddress runtime = environment.hasExternalDatabase() ? external() : embedded();
        StartChecks.require(runtime);
        ServerSettings.connect(runtime, secret);
        System.setProperty("quarkus.http.host", environment.host());
        System.setProperty("quarkus.http.port", Integer.toString(environment.port()));
        environment.managementPort().ifPresent(port -> {
            System.setProperty("quarkus.management.host-enabled", "true");
            System.setProperty("quarkus.management.port", Integer.toString(port));
        });
        System.setProperty(
                Banner.DATABASE_KIND,
                environment.hasExternalDatabase()
                        ? "external, " + runtime.place()
                        : "embedded, kept in " + environment.data());
    }

    private DatabaseAddress external() {
        if (reset) {
            throw Failure.usage("--reset is for the embedded database; COVIBE_DATABASE_URL names one of your own.");
        }
        requireFreePort();
        DatabaseAddress runtime = environment.runtime().with("currentSchema", SchemaSetup.SCHEMA);
        if (environment.migratesAtStart()) {
            SchemaSetup.apply(environment.owner(), runtime, Serve::say).forEach(step -> say("Database: " + step + "."));
        }
        return runtime;
    }

    private DatabaseAddress embedded() {
        Path data = environment.data();
        LocalDatabase database = LocalDatabase.require();
        Instance instance = Instance.take(data, "a server on " + Banner.origin(environment.host(), environment.port()));
        endings.push(instance::close);
        requireFreePort();
        if (reset) {
            confirmReset(data);
            database.delete(data);
        }
        LocalDatabase.Running running = database.start(data, Durability.KEPT, Serve::say);
        endings.push(running::close);
        DatabaseAddress runtime = EmbeddedAccess.runtime(running.superuser(), data);
        if (!SchemaSetup.isCurrent(running.superuser()) || !answers(runtime)) {
            say("Bringing the database to this version's schema…");
            SchemaSetup.apply(running.superuser(), runtime, Serve::say);
        }
        return runtime;
    }

    private void confirmReset(Path data) {
        if (yes) {
            return;
        }
        Console console = System.console();
        if (console == null || !console.isTerminal()) {
            throw Failure.usage("--reset asks before it deletes, and there is nobody to ask: add --yes.");
        }
        say("This deletes the database in " + data + " with all work, people and tokens.");
        if (!"reset".equals(console.readLine("Type reset to go on: "))) {
            throw Failure.of("Nothing was deleted.");
        }
    }

    private static boolean answers(DatabaseAddress runtime) {
        try (var connection = runtime.connect()) {
            return connection.isValid(5);
        } catch (SQLException refused) {
            return false;
        }
    }

    /** Before anything slow, and in words: the server's own message for this is a stack trace. */
    private void requireFreePort() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(environment.host(), environment.port()));
        } catch (IOException taken) {
            throw Failure.of(
                    "Port " + environment.port() + " on " + environment.host() + " cannot be used ("
                            + taken.getMessage() + "): stop the program that holds it, or choose another port, as in"
                            + " `PORT=" + (environment.port() + 1) + " ./covibe up`.",
                    taken);
        }
    }

    /** Runs at the end of the command, or in the shutdown hook when the JVM ends in another way; does its work once. */
    private void end() {
        synchronized (endings) {
            while (!endings.isEmpty()) {
                endings.pop().run();
            }
        }
    }

    private static void say(String message) {
        System.out.println(message);
    }
}
