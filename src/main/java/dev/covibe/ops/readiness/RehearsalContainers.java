package dev.covibe.ops.readiness;

import dev.covibe.ops.Environment;
import dev.covibe.ops.Failure;
import dev.covibe.ops.HostedOrigin;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A database and the image beside it, in a network of their own, for the length of one rehearsal. */
final class RehearsalContainers implements AutoCloseable {

    private static final Duration SHORT = Duration.ofMinutes(5);
    private static final Duration LONGEST_START = Duration.ofSeconds(90);

    private static final String DATABASE_IMAGE = "postgres:18";

    private final Docker docker;
    private final Environment environment;
    private final String image;
    private final String name = "covibe-readiness-" + random(4);
    private final String ownersPassword = random(16);
    private final String runtimePassword = random(16);
    private final String secret = random(32);
    private final List<List<String>> endings = new ArrayList<>();
    private final List<Path> files = new ArrayList<>();
    private HostedOrigin address = HostedOrigin.rehearsal("http://127.0.0.1:8080");

    RehearsalContainers(Docker docker, Environment environment, String image) {
        this.docker = docker;
        this.environment = environment;
        this.image = image;
    }

    /** Where the container answers, once it was started. */
    HostedOrigin address() {
        return address;
    }

    /** What the container calls itself. */
    HostedOrigin publicOrigin() {
        return HostedOrigin.parse(
                environment.text("COVIBE_HOSTED_URL").orElse("https://rehearsal.co-vibe.example.com"));
    }

    /** The database, the migrations, the server. */
    String start() {
        docker.must("is the Docker daemon in order?", SHORT, "network", "create", name);
        endings.addFirst(List.of("network", "rm", name));
        startDatabase();
        Path owner = file(
                Stream.of("COVIBE_OWNER_DATABASE_USER=postgres", "COVIBE_OWNER_DATABASE_PASSWORD=" + ownersPassword));
        docker.must(
                "read what migrate says above.",
                SHORT,
                "run",
                "--rm",
                "--network",
                name,
                "--env-file",
                settings().toString(),
                "--env-file",
                owner.toString(),
                image,
                "migrate");
        docker.must(
                "the server must start in WorkOS mode.",
                SHORT,
                "run",
                "-d",
                "--name",
                name + "-server",
                "--network",
                name,
                "-p",
                "127.0.0.1::8080",
                "--env-file",
                settings().toString(),
                image);
        endings.addFirst(List.of("rm", "-f", name + "-server"));
        address = HostedOrigin.rehearsal("http://" + port());
        return "answers at " + address + " after " + awaitHealth().toSeconds() + " s";
    }

    private void startDatabase() {
        String database = name + "-database";
        Path password = file(Stream.of("POSTGRES_PASSWORD=" + ownersPassword, "POSTGRES_DB=covibe"));
        docker.must(
                "is " + DATABASE_IMAGE + " to be had?",
                SHORT,
                "run",
                "-d",
                "--name",
                database,
                "--network",
                name,
                "--env-file",
                password.toString(),
                DATABASE_IMAGE);
        endings.addFirst(List.of("rm", "-f", "-v", database));
        long end = System.nanoTime() + LONGEST_START.toNanos();
        // Over TCP: the image's first start answers on its socket alone, and stops once more.
        while (!docker.may(SHORT, "exec", database, "pg_isready", "-h", "127.0.0.1", "-U", "postgres")
                .well()) {
            if (System.nanoTime() > end) {
                throw Failure.of("The database container did not get ready within " + LONGEST_START.toSeconds()
                        + " s: look at `docker logs " + database + "`.");
            }
            pause();
        }
    }

    private String port() {
        Program.Ended ended =
                docker.must("the server's port is not open.", SHORT, "port", name + "-server", "8080/tcp");
        return ended.lastLines().stream()
                .map(String::strip)
                .filter(line -> line.startsWith("127.0.0.1:"))
                .findFirst()
                .orElseThrow(() -> Failure.of("`docker port` names no port on this machine: " + ended.lastLine()));
    }

    private Duration awaitHealth() {
        long began = System.nanoTime();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build()) {
            HttpRequest health = HttpRequest.newBuilder(URI.create(address + "/api/health"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            while (System.nanoTime() - began < LONGEST_START.toNanos()) {
                try {
                    if (client.send(health, BodyHandlers.discarding()).statusCode() == 200) {
                        return Duration.ofNanos(System.nanoTime() - began);
                    }
                } catch (IOException notYet) {
                    // Nobody listens there until the server has started.
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    throw Failure.of("Interrupted while the container started.");
                }
                pause();
            }
        }
        String log = docker.may(SHORT, "logs", "--tail", "5", name + "-server").text();
        throw Failure.of("The container does not answer /api/health with 200 within " + LONGEST_START.toSeconds()
                + " s; its log ends with: " + log);
    }

    private static void pause() {
        try {
            Thread.sleep(500);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Failure.of("Interrupted while a container started.");
        }
    }

    /** Through a file, because a command line can be read by everybody on the machine. */
    private Path settings() {
        Stream<String> ours = Stream.of(
                "COVIBE_AUTH=workos",
                "COVIBE_HOSTED_URL=" + publicOrigin(),
                "COVIBE_HOST=0.0.0.0",
                "PORT=8080",
                "COVIBE_SECRET=" + secret,
                "COVIBE_DATABASE_URL=postgresql://" + name + "-database:5432/covibe",
                "COVIBE_DATABASE_USER=covibe_app",
                "COVIBE_DATABASE_PASSWORD=" + runtimePassword);
        Stream<String> workos = environment.variables().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("WORKOS_"))
                .map(entry -> entry.getKey() + "=" + entry.getValue());
        return file(Stream.concat(ours, workos));
    }

    private Path file(Stream<String> lines) {
        try {
            Path file = Files.createTempFile(
                    "covibe-readiness-",
                    ".env",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            files.add(file);
            return Files.writeString(file, lines.collect(Collectors.joining("\n", "", "\n")));
        } catch (IOException failure) {
            throw Failure.of("No file can be written for the containers' settings: " + failure.getMessage(), failure);
        }
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    @Override
    public void close() {
        endings.forEach(ending -> docker.may(SHORT, ending.toArray(String[]::new)));
        endings.clear();
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException stays) {
                System.err.println(file + " could not be deleted; it holds the passwords of a rehearsal that is over.");
            }
        }
    }
}
