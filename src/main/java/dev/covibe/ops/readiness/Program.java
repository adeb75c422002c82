package dev.covibe.ops.readiness;

import dev.covibe.ops.Environment;
import dev.covibe.ops.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Another program that a step runs, and what it said. */
final class Program {

    private static final int KEPT_LINES = 20;

    private final Path executable;
    private final Environment environment;
    private final boolean aloud;

    private Program(Path executable, Environment environment, boolean aloud) {
        this.executable = executable;
        this.environment = environment;
        this.aloud = aloud;
    }

    /** @param exitCode empty when it did not end in time and was stopped */
    record Ended(Optional<Integer> exitCode, List<String> lastLines) {

        boolean well() {
            return exitCode.equals(Optional.of(0));
        }

        String lastLine() {
            return lastLines.isEmpty() ? "" : lastLines.getLast().strip();
        }

        String text() {
            return String.join("\n", lastLines);
        }
    }

    /** The program of that name on the PATH of the environment. */
    static Optional<Program> find(String name, Environment environment, boolean aloud) {
        for (String directory : environment.text("PATH").orElse("").split(":")) {
            Path file = Path.of(directory.isEmpty() ? "." : directory, name);
            if (Files.isExecutable(file) && !Files.isDirectory(file)) {
                return Optional.of(new Program(file, environment, aloud));
            }
        }
        return Optional.empty();
    }

    static Program of(Path executable, Environment environment, boolean aloud) {
        return new Program(executable, environment, aloud);
    }

    /** Runs it to its end, and shows what it says as it says it where the step is one that people watch. */
    Ended run(Duration patience, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(executable.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment.variables());
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            Deque<String> last = new ArrayDeque<>();
            Thread reader = Thread.ofVirtual().start(() -> read(process, last));
            boolean ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            reader.join(Duration.ofSeconds(5));
            synchronized (last) {
                return new Ended(ended ? Optional.of(process.exitValue()) : Optional.empty(), List.copyOf(last));
            }
        } catch (IOException failure) {
            throw Failure.of(executable + " cannot be run (" + failure.getMessage() + ").", failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Failure.of("Interrupted while " + executable.getFileName() + " ran.");
        }
    }

    private void read(Process process, Deque<String> last) {
        try (var lines = process.inputReader().lines()) {
            lines.forEach(line -> {
                if (aloud) {
                    System.err.println("  | " + line);
                }
                synchronized (last) {
                    last.add(line);
                    if (last.size() > KEPT_LINES) {
                        last.remove();
                    }
                }
            });
        } catch (UncheckedIOException closed) {
            // The program was stopped.
        }
    }

    /** The words of a command as a person would type them. */
    String shown(List<String> arguments) {
        return executable.getFileName() + " " + arguments.stream().collect(Collectors.joining(" "));
    }
}
