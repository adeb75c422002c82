package dev.covibe.embedded;

import dev.covibe.ops.Failure;
import dev.covibe.ops.LocalDatabase.Durability;
import dev.covibe.ops.PrivateFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One data directory of PostgreSQL: made, started, stopped. Listens on loopback only and asks everyone for a password. */
final class Cluster {

    static final String SUPERUSER = "postgres";

    /** A first start on a loaded machine, or recovery after a kill, may take long; a wrong one ends by itself at once. */
    private static final Duration START = Duration.ofMinutes(3);

    private static final Duration STOP = Duration.ofSeconds(60);
    private static final int PORT_TRIES = 5;

    /**
     * How often a password is hashed. More than once makes guessing slow, but ours are 192 random bits, which nobody guesses; and
     * it costs every new connection time, most of all while the server starts.
     */
    private static final int ROUNDS = 1;

    private final Path home;
    private final Path data;
    private final Path log;
    private final Binaries binaries;
    private final Account account;
    private final Durability durability;

    Cluster(Path home, Path data, Binaries binaries, Account account, Durability durability) {
        this.home = home;
        this.data = data;
        this.log = data.resolve("server.log");
        this.binaries = binaries;
        this.account = account;
        this.durability = durability;
    }

    static String password(Path home) {
        return PrivateFile.readOrMake(home.resolve("postgres-password"));
    }

    /** Whether the directory was made to the end: the last thing that {@link #make} writes is our configuration. */
    boolean exists() {
        return Files.exists(data.resolve("covibe.conf"));
    }

    void make() {
        try {
            PrivateFile.directory(data);
            clearHalfMade();
            Path passwordFile = Files.createTempFile(home, "password", "");
            write(passwordFile, password(home) + "\n");
            List<String> command = new ArrayList<>(List.of(
                    binaries.program("initdb").toString(),
                    "--pgdata=" + data,
                    "--username=" + SUPERUSER,
                    "--auth=scram-sha-256",
                    "--pwfile=" + passwordFile,
                    "--set=scram_iterations=" + ROUNDS,
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C"));
            if (durability == Durability.DISPOSABLE) {
                command.add("--no-sync");
            }
            Process process = account.process(command).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int exitCode = waitFor(process);
            Files.delete(passwordFile);
            if (exitCode != 0) {
                throw Failure.of("The embedded PostgreSQL could not make its data directory " + data + ":\n"
                        + lastLines(output));
            }
            configure();
        } catch (IOException failure) {
            throw Failure.of(
                    "The embedded PostgreSQL could not make its data directory " + data + ": " + failure.getMessage(),
                    failure);
        }
    }

    void start() {
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            throw Failure.of("The data directory " + data + " is damaged: PG_VERSION is missing.");
        }
        waitForAnotherOrForgetIt();
        configure();
        for (int attempt = 1; ; attempt++) {
            String output = pgCtl(
                    "start", "--wait", "--timeout=" + START.toSeconds(), "--log=" + log, "--options=-p " + freePort());
            if (ProcessFile.read(data).filter(ProcessFile::isReady).isPresent()) {
                return;
            }
            String said = lastLines(read(log));
            if (attempt == PORT_TRIES || !said.contains("Address already in use")) {
                throw Failure.of("The embedded PostgreSQL does not start. Its log " + log + " ends with:\n" + said
                        + "\n" + lastLines(output));
            }
        }
    }

    int port() {
        return ProcessFile.read(data)
                .map(ProcessFile::port)
                .orElseThrow(() -> Failure.of("The embedded PostgreSQL has stopped; see " + log + "."));
    }

    void stop() {
        if (ProcessFile.read(data).filter(ProcessFile::isAlive).isEmpty()) {
            return;
        }
        String mode = durability == Durability.DISPOSABLE ? "immediate" : "fast";
        String output = pgCtl("stop", "--wait", "--timeout=" + STOP.toSeconds(), "--mode=" + mode);
        if (ProcessFile.read(data).filter(ProcessFile::isAlive).isPresent()) {
            throw Failure.of("The embedded PostgreSQL does not stop:\n" + lastLines(output));
        }
    }

    /** A server that was killed may have left a database that is starting, stopping or does not answer: end it first. */
    private void waitForAnotherOrForgetIt() {
        Optional<ProcessFile> left = ProcessFile.read(data);
        if (left.isEmpty()) {
            return;
        }
        if (left.get().isAlive()) {
            stop();
        } else {
            delete(left.get().file());
        }
    }

    private void configure() {
        String flush = durability == Durability.KEPT ? "on" : "off";
        write(data.resolve("pg_hba.conf"), """
                # Written by Co-Vibe at every start.
                host all all 127.0.0.1/32 scram-sha-256
                """);
        write(data.resolve("postgresql.conf"), """
                # Written by Co-Vibe at every start.
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                password_encryption = 'scram-sha-256'
                scram_iterations = %2$d
                max_connections = 100
                shared_buffers = '128MB'
                fsync = %1$s
                synchronous_commit = %1$s
                full_page_writes = %1$s
                timezone = 'UTC'
                log_timezone = 'UTC'
                lc_messages = 'C'
                jit = off
                """.formatted(flush, ROUNDS));
        write(data.resolve("covibe.conf"), "# Marks a data directory that was made to its end.\n");
    }

    private String pgCtl(String verb, String... options) {
        List<String> command = new ArrayList<>();
        command.add(binaries.program("pg_ctl").toString());
        command.add(verb);
        command.add("--pgdata=" + data);
        command.addAll(List.of(options));
        try {
            // Through a file: a pipe would stay open as long as the database runs.
            Path output = Files.createTempFile(home, "pg_ctl", ".out");
            try {
                Process process =
                        account.process(command).redirectOutput(output.toFile()).start();
                waitFor(process);
                return read(output);
            } finally {
                Files.delete(output);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void clearHalfMade() throws IOException {
        if (Files.isDirectory(data)) {
            try (var files = Files.list(data)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Binaries.deleteTree(file);
                }
            }
        }
    }

    private static int waitFor(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw Failure.of("Interrupted while waiting for the embedded PostgreSQL.", interrupted);
        }
    }

    private static String lastLines(String text) {
        List<String> lines = text.strip().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 12), lines.size()));
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Writes a file that belongs to whoever the data belongs to, which for a server run by root is another account. */
    private void write(Path file, String text) {
        try {
            Files.writeString(file, text);
            Files.setAttribute(file, "unix:uid", Files.getAttribute(data, "unix:uid"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
