package dev.covibe.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What PostgreSQL notes about itself in {@code postmaster.pid} while it runs. After a kill the file stays behind.
 *
 * @param port 0 until it listens
 */
record ProcessFile(Path file, long pid, int port, boolean isReady) {

    static Optional<ProcessFile> read(Path data) {
        Path file = data.resolve("postmaster.pid");
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new ProcessFile(
                    file,
                    Math.abs(Long.parseLong(lines.get(0).strip())),
                    lines.size() > 3 ? Integer.parseInt(lines.get(3).strip()) : 0,
                    lines.size() > 7 && lines.get(7).strip().equals("ready")));
        } catch (NoSuchFileException stopped) {
            return Optional.empty();
        } catch (IOException | NumberFormatException halfWritten) {
            return Optional.empty();
        }
    }

    /** Whether the process lives and is a PostgreSQL: after a reboot its number may be anybody's. */
    boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(process ->
                        process.info().command().map(ProcessFile::isPostgres).orElse(true))
                .orElse(false);
    }

    private static boolean isPostgres(String command) {
        return Path.of(command.replace(" (deleted)", ""))
                .getFileName()
                .toString()
                .startsWith("postgres");
    }
}
