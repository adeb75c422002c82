package dev.covibe.testsupport;

import dev.covibe.ops.DatabaseAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server as people run it: the packaged jar in a process of its own, on a database that somebody else owns. */
public final class ServerProcess implements AutoCloseable {

    private static final Path JAR = Path.of("target", "quarkus-app", "quarkus-run.jar");
    private static final String SECRET = "a-secret-for-tests-only-0123456789abcdef";
    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    private final Process process;
    private final Path log;
    private final String origin;

    private ServerProcess(Process process, Path log, String origin) {
        this.process = process;
        this.log = log;
        this.origin = origin;
    }

    /** Starts a server on a free port and waits until it is ready. */
    public static ServerProcess start(DatabaseAddress runtime) {
        try {
            int port = freePort();
            Path log = Files.createTempFile("covibe-server-", ".log");
            ProcessBuilder builder = command(runtime, List.of("serve"));
            builder.environment().put("PORT", Integer.toString(port));
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            ServerProcess server = new ServerProcess(process, log, "http://127.0.0.1:" + port);
            server.awaitReady();
            return server;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A new MCP token, made as its owner would: on the command line. */
    public static String token(DatabaseAddress runtime, String email, String workspace) {
        return run(runtime, "token", "--email", email, "--workspace", workspace);
    }

    /** Runs a command of the command line to its end; answers what it printed. */
    public static String run(DatabaseAddress runtime, String... arguments) {
        try {
            Process process = command(runtime, List.of(arguments))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String printed = new String(process.getInputStream().readAllBytes()).strip();
            if (process.waitFor() != 0) {
                throw new AssertionError(arguments[0] + " failed: " + printed);
            }
            return printed;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static ProcessBuilder command(DatabaseAddress runtime, List<String> arguments) {
        if (!Files.exists(JAR)) {
            throw new AssertionError(
                    JAR + " is missing: package the server first, as `mvn verify` and `./covibe up` do.");
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("COVIBE_DATABASE_URL", runtime.url());
        builder.environment().put("COVIBE_DATABASE_USER", runtime.user());
        builder.environment().put("COVIBE_DATABASE_PASSWORD", runtime.password());
        builder.environment().put("COVIBE_SECRET", SECRET);
        // A load generator is one address and one token: what is measured is the server and not its limits.
        for (String limit : List.of("MCP", "INGEST", "WRITES", "CALLS", "ANONYMOUS")) {
            builder.environment().put("COVIBE_LIMITS_" + limit, "off");
        }
        return builder;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady() throws IOException {
        HttpRequest ready =
                HttpRequest.newBuilder(URI.create(origin + "/q/health/ready")).build();
        long deadline = System.nanoTime() + LONGEST_START.toNanos();
        try (HttpClient http = HttpClient.newHttpClient()) {
            while (System.nanoTime() < deadline && process.isAlive()) {
                try {
                    if (http.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
                        return;
                    }
                } catch (IOException notYet) {
                    // Nobody listens there until the server has started.
                }
                Thread.sleep(100);
            }
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        close();
        throw new AssertionError("The server did not start:\n" + Files.readString(log));
    }

    /** Where it serves, such as {@code http://127.0.0.1:40123}. */
    public String origin() {
        return origin;
    }

    public long pid() {
        return process.pid();
    }

    /** What it has written to its log so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
