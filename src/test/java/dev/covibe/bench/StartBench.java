package dev.covibe.bench;

import dev.covibe.ops.LocalDatabase;
import dev.covibe.ops.SchemaSetup;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * {@code ./covibe bench start}: from the start of the process to the first 200 on {@code /q/health/ready}, with and without
 * the cache that Java starts from (QLT-1): the server alone on a database that is up and migrated, and {@code ./covibe up} with
 * the database that it starts itself. The processor time of the server is told too, because unlike the clock it says nearly the
 * same on a busy machine.
 */
class StartBench {

    private static final int STARTS = Integer.getInteger("bench.starts", 7);
    private static final Duration LONGEST_TRAINING = Duration.ofMinutes(10);
    private static final String PASSWORD = "runtime-role-of-the-bench";
    private static final Path HOME = Path.of("target", "bench-start").toAbsolutePath();
    private static final File LOG = Path.of("target", "bench-start.log").toFile();

    /** Times in milliseconds; resident memory in MB. */
    private record Start(long wall, long cpu, long resident) {}

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    @Test
    void measure() throws Exception {
        LocalDatabase databases = LocalDatabase.require();
        databases.delete(HOME);
        forget(HOME.resolve("app"));
        System.out.println("| start | p50 | slowest | processor time, p50 | resident, p50 |\n|---|---|---|---|---|");
        Map<String, String> here = Map.of("COVIBE_DATA", HOME.toString(), "COVIBE_JAVA_OPTIONS", "");
        Path cache = train(here);
        alone(cache);
        List<String> launcher = List.of(Path.of("covibe").toAbsolutePath().toString(), "up");
        print("`./covibe up`, its database included, with the cache", starts(launcher, here));
        print(
                "`./covibe up`, its database included, without",
                starts(launcher, Map.of("COVIBE_DATA", HOME.toString(), "COVIBE_START_CACHE", "off")));
    }

    /** What an earlier build left there must not be taken for this one. */
    private static void forget(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Lets the launcher make the cache as it does for everybody: beside the first server of a build. */
    private Path train(Map<String, String> environment) throws Exception {
        int port = freePort();
        Process first = begin(List.of(Path.of("covibe").toAbsolutePath().toString(), "up"), environment, port);
        long deadline = System.nanoTime() + LONGEST_TRAINING.toNanos();
        while (System.nanoTime() < deadline) {
            Thread.sleep(1000);
            if (Files.isDirectory(HOME.resolve("app"))) {
                try (var files = Files.walk(HOME.resolve("app"), 2)) {
                    var made = files.filter(file -> file.toString().endsWith(".aot"))
                            .findFirst();
                    if (made.isPresent()) {
                        end(first);
                        return made.get();
                    }
                }
            }
        }
        end(first);
        throw new IllegalStateException("No cache was made; see " + LOG);
    }

    private void alone(Path cache) throws Exception {
        LocalDatabase.Running database =
                LocalDatabase.require().start(HOME, LocalDatabase.Durability.KEPT, System.err::println);
        try {
            var runtime = database.superuser().as("covibe_app", PASSWORD).with("currentSchema", "covibe");
            SchemaSetup.apply(database.superuser(), runtime, message -> {});
            Map<String, String> environment = Map.of(
                    "COVIBE_DATABASE_URL",
                    runtime.url(),
                    "COVIBE_DATABASE_USER",
                    "covibe_app",
                    "COVIBE_DATABASE_PASSWORD",
                    PASSWORD,
                    "COVIBE_SECRET",
                    "a-secret-for-benches-only-0123456789abcdef");
            Path app = cache.getParent();
            print("the server alone, with the cache", starts(java(app, "covibe-start.jar", cache), environment));
            print("the server alone, without", starts(java(app, "quarkus-run.jar", null), environment));
        } finally {
            database.close();
        }
    }

    private static List<String> java(Path app, String jar, Path cache) {
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        if (cache != null) {
            command.add("-XX:AOTCache=" + cache);
        }
        command.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-jar",
                app.resolve(jar).toString(),
                "serve"));
        return command;
    }

    private List<Start> starts(List<String> command, Map<String, String> environment) throws Exception {
        // What is read from the disk for the first time says more about the disk.
        start(command, environment);
        List<Start> starts = new ArrayList<>();
        for (int i = 0; i < STARTS; i++) {
            starts.add(start(command, environment));
        }
        return starts;
    }

    private Start start(List<String> command, Map<String, String> environment) throws Exception {
        int port = freePort();
        long began = System.nanoTime();
        Process process = begin(command, environment, port);
        URI ready = URI.create("http://127.0.0.1:" + port + "/q/health/ready");
        while (!answers(ready)) {
            if (!process.isAlive()
                    || System.nanoTime() - began > Duration.ofMinutes(2).toNanos()) {
                throw new IllegalStateException("The server did not start; see " + LOG);
            }
            Thread.sleep(5);
        }
        long wall = (System.nanoTime() - began) / 1_000_000;
        long cpu = process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
        Start start = new Start(wall, cpu, resident(process.pid()));
        end(process);
        return start;
    }

    private static Process begin(List<String> command, Map<String, String> environment, int port) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("COVIBE_") || name.equals("CI"));
        builder.environment().putAll(environment);
        builder.environment().put("PORT", Integer.toString(port));
        return builder.redirectErrorStream(true).redirectOutput(LOG).start();
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static long resident(long pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .sum();
    }

    private boolean answers(URI ready) throws InterruptedException {
        try {
            return client.send(HttpRequest.newBuilder(ready).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void print(String name, List<Start> starts) {
        List<Long> wall = starts.stream().map(Start::wall).sorted().toList();
        List<Long> cpu = starts.stream().map(Start::cpu).sorted().toList();
        List<Long> resident = starts.stream().map(Start::resident).sorted().toList();
        int middle = starts.size() / 2;
        System.out.printf(
                Locale.ROOT,
                "| %s | %d ms | %d ms | %d ms | %d MB |%n",
                name,
                wall.get(middle),
                wall.getLast(),
                cpu.get(middle),
                resident.get(middle));
    }
}
