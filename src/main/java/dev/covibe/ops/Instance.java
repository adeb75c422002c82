package dev.covibe.ops;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The one process that may run the embedded database below a data directory. The operating system gives the lock back
 * when the process dies, however it dies; what the file says is only for people.
 */
final class Instance implements AutoCloseable {

    private final FileChannel channel;
    private final Path note;

    private Instance(FileChannel channel, Path note) {
        this.channel = channel;
        this.note = note;
    }

    /**
     * Takes the directory for this process.
     *
     * @param purpose what this process is, told to whoever comes second, such as {@code a server on http://…}
     * @throws Failure when another process has it
     */
    static Instance take(Path data, String purpose) {
        return tryTake(data, purpose)
                .orElseThrow(() -> Failure.of("Already running on " + data + ": " + holder(data)
                        + ". Stop that first, or give this one its own COVIBE_DATA and PORT."));
    }

    static Optional<Instance> tryTake(Path data, String purpose) {
        try {
            PrivateFile.directory(data);
            FileChannel channel =
                    FileChannel.open(data.resolve("server.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            Path note = data.resolve("server");
            PrivateFile.write(
                    note, purpose + ", process " + ProcessHandle.current().pid() + "\n");
            return Optional.of(new Instance(channel, note));
        } catch (IOException failure) {
            throw Failure.of(
                    "The data directory " + data + " cannot be used (" + failure.getMessage()
                            + "): it must be writable, or COVIBE_DATA must name another.",
                    failure);
        }
    }

    private static String holder(Path data) {
        try {
            return Files.readString(data.resolve("server")).strip();
        } catch (IOException unknown) {
            return "another process";
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(note);
            channel.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
