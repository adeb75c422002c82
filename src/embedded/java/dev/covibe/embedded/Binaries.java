package dev.covibe.embedded;

import dev.covibe.ops.Failure;
import dev.covibe.ops.PrivateFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked once from the jar that carries them. */
final class Binaries {

    private final Path root;

    private Binaries(Path root) {
        this.root = root;
    }

    /** Unpacks below {@code home/binaries} what is not there yet. */
    static Binaries in(Path home, Consumer<String> progress) {
        String name = "postgres-" + platform();
        URL archive = Binaries.class.getResource("/" + name + ".txz");
        if (archive == null) {
            throw Failure.of("There is no embedded PostgreSQL for this kind of machine (" + platform()
                    + "): set COVIBE_DATABASE_URL to use one of your own.");
        }
        try {
            // The length tells one release of the programs from the next.
            Path root = home.resolve("binaries")
                    .resolve(name + "-" + archive.openConnection().getContentLengthLong());
            if (!Files.isDirectory(root)) {
                progress.accept("Unpacking PostgreSQL (once)…");
                unpack(archive, root);
            }
            return new Binaries(root);
        } catch (IOException failure) {
            throw new UncheckedIOException("PostgreSQL could not be unpacked below " + home, failure);
        }
    }

    Path root() {
        return root;
    }

    Path program(String name) {
        return root.resolve("bin").resolve(name);
    }

    private static String platform() {
        String system = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
        String architecture = System.getProperty("os.arch");
        return system + "-"
                + switch (architecture) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> architecture;
                };
    }

    private static void unpack(URL archive, Path root) throws IOException {
        PrivateFile.directory(root.getParent());
        Path draft = Files.createTempDirectory(root.getParent(), ".draft");
        try (InputStream packed = new BufferedInputStream(archive.openStream());
                TarArchiveInputStream entries = new TarArchiveInputStream(new XZInputStream(packed))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                if (!isForCompilersOnly(entry.getName())) {
                    unpack(entries, entry, draft);
                }
            }
            // Readable by everyone: a root's database runs under another account.
            Files.setPosixFilePermissions(draft, permissions(true));
            Files.move(draft, root, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            deleteTree(draft);
        }
    }

    private static boolean isForCompilersOnly(String name) {
        return name.endsWith(".a") || name.contains("/pkgconfig/") || name.contains("/pgxs/");
    }

    private static void unpack(TarArchiveInputStream entries, TarArchiveEntry entry, Path draft) throws IOException {
        Path target = draft.resolve(entry.getName()).normalize();
        if (!target.startsWith(draft)) {
            throw new IOException("The archive names a file outside of itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            Files.setPosixFilePermissions(target, permissions(true));
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(entries, target);
            Files.setPosixFilePermissions(target, permissions((entry.getMode() & 0100) != 0));
        }
    }

    private static Set<PosixFilePermission> permissions(boolean executable) {
        Set<PosixFilePermission> permissions = EnumSet.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.OTHERS_READ);
        if (executable) {
            permissions.addAll(EnumSet.of(
                    PosixFilePermission.OWNER_EXECUTE,
                    PosixFilePermission.GROUP_EXECUTE,
                    PosixFilePermission.OTHERS_EXECUTE));
        }
        return permissions;
    }

    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
