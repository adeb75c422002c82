package dev.covibe.embedded;

import com.sun.security.auth.module.UnixSystem;
import dev.covibe.ops.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Under whose account PostgreSQL runs. It refuses to be root; so root's database runs in a user namespace where root
 * is nobody, or, where such namespaces are forbidden or cannot reach the directory, as the directory's owner or nobody.
 *
 * @param prefix what goes before each of its commands
 */
record Account(List<String> prefix) {

    private static final int NOBODY = 65534;

    /** The account for data below {@code home}, which must exist. Changes the owner of the data where that is needed. */
    static Account forDataBelow(Path home, Path data, Binaries binaries, Consumer<String> progress) {
        int me = (int) new UnixSystem().getUid();
        if (me != 0) {
            requireOwn(data, me);
            return new Account(List.of());
        }
        int owner = Files.exists(data) ? ownerOf(data) : ownerOf(home);
        if (owner == 0) {
            Account nobodyInside = new Account(List.of("unshare", "-U"));
            if (nobodyInside.reaches(home, binaries)) {
                return nobodyInside;
            }
        }
        int other = owner == 0 ? NOBODY : owner;
        if (other == NOBODY) {
            progress.accept("Running PostgreSQL as user id " + other + ", because it refuses to run as root.");
        }
        hand(home, data, other);
        List<String> become = List.of("setpriv", "--reuid", "" + other, "--regid", "" + other, "--clear-groups");
        // The second for data below a directory that is root's alone, such as root's home: it may pass, though it is
        // not
        // root. Without that security bit access(2), which PostgreSQL asks, would not count the capability.
        for (List<String> more : List.of(
                List.of("--"),
                List.of(
                        "--inh-caps",
                        "+dac_override",
                        "--ambient-caps",
                        "+dac_override",
                        "--securebits",
                        "+no_setuid_fixup",
                        "--"))) {
            List<String> prefix = new ArrayList<>(become);
            prefix.addAll(more);
            Account someoneElse = new Account(List.copyOf(prefix));
            if (someoneElse.reaches(data, binaries)) {
                return someoneElse;
            }
        }
        throw Failure.of("PostgreSQL refuses to run as root, and another account cannot reach " + home
                + ": start the server as an ordinary user, or set COVIBE_DATA to a directory such as"
                + " /var/lib/covibe that others may enter.");
    }

    ProcessBuilder process(List<String> command) {
        List<String> whole = new ArrayList<>(prefix);
        whole.addAll(command);
        ProcessBuilder process = new ProcessBuilder(whole);
        process.environment().keySet().removeIf(name -> name.startsWith("PG"));
        process.environment().put("LC_ALL", "C");
        process.redirectErrorStream(true);
        // Where the server was started, the account may not be allowed to be.
        process.directory(Path.of("/").toFile());
        return process;
    }

    private boolean reaches(Path directory, Binaries binaries) {
        try {
            String test = "test -w \"$1\" && exec \"$2\" --version";
            Process process = process(List.of(
                            "sh",
                            "-c",
                            test,
                            "sh",
                            directory.toString(),
                            binaries.program("postgres").toString()))
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException absent) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void requireOwn(Path data, int me) {
        if (Files.exists(data) && ownerOf(data) != me) {
            throw Failure.of("The database in " + data + " belongs to another account (user id " + ownerOf(data)
                    + "): start the server as that user, or give it to yours with `sudo chown -R $(id -un) "
                    + data.getParent() + "`.");
        }
    }

    private static int ownerOf(Path path) {
        try {
            return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void hand(Path home, Path data, int owner) {
        try {
            Files.createDirectories(data);
            if (ownerOf(data) != owner) {
                try (Stream<Path> files = Files.walk(data)) {
                    for (Path file : (Iterable<Path>) files::iterator) {
                        Files.setAttribute(file, "unix:uid", owner, LinkOption.NOFOLLOW_LINKS);
                    }
                }
            }
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
            if (ownerOf(home) != owner) {
                Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwx--x--x"));
                Files.setPosixFilePermissions(home.resolve("binaries"), PosixFilePermissions.fromString("rwx--x--x"));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
