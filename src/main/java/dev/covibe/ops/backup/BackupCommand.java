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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code covibe backup}: every row of one moment in a file, while people go on working (OPS-10). */
@Vetoed // made by the command line, never by the container
@Command(
        name = "backup",
        description = {
            "Write every row, as it is at one moment, into FILE. Nobody has to stop working.",
            "An external database needs COVIBE_OWNER_DATABASE_* beside COVIBE_DATABASE_URL."
        })
public final class BackupCommand implements Callable<Integer> {

    private final Environment environment;

    @Parameters(paramLabel = "FILE", description = "Such as covibe-2026-11-21.backup; must not be there yet.")
    Path file;

    @Option(names = "--overwrite", description = "Replace FILE.")
    boolean overwrite;

    public BackupCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Path target = file.toAbsolutePath();
        if (Files.exists(target) && !overwrite) {
            throw Failure.usage(target + " is there already: name another file, or add --overwrite.");
        }
        return OwnersAccess.with(environment, "covibe backup", (owner, runtime) -> {
            BackupFile.Contents contents = Backup.write(owner, target);
            System.out.println(contents.rows() + " rows of " + contents.tables().size() + " tables, as of "
                    + contents.at() + ", are in " + target + ".");
            return ExitCodes.FINE;
        });
    }
}
