package dev.covibe.ops.backup;

import dev.covibe.ops.Environment;
import dev.covibe.ops.ExitCodes;
import dev.covibe.ops.Failure;
import dev.covibe.ops.OwnersAccess;
import jakarta.enterprise.inject.Vetoed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code covibe restore}: a backup into an empty database (OPS-10). */
@Vetoed // made by the command line, never by the container
@Command(
        name = "restore",
        description = {
            "Bring the rows of a backup into an empty database that `covibe migrate` has made.",
            "All or nothing. An external database needs COVIBE_OWNER_DATABASE_* beside COVIBE_DATABASE_URL."
        })
public final class RestoreCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(paramLabel = "FILE", description = "What `covibe backup` wrote.")
    Path file;

    public RestoreCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (!Files.isReadable(file)) {
            throw Failure.usage(file + " cannot be read.");
        }
        try (BackupFile backup = BackupFile.open(file)) {
            return OwnersAccess.with(environment, "covibe restore", (owner, runtime) -> {
                Restore.into(owner, runtime, backup);
                System.out.println(backup.contents().rows() + " rows of "
                        + backup.contents().tables().size() + " tables, as of "
                        + backup.contents().at() + ", are restored.");
                return ExitCodes.FINE;
            });
        }
    }
}
