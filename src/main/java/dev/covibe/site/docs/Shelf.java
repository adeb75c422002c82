package dev.covibe.site.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the files of the documentation stand. Only Markdown and pictures are given out, and only by names that cannot lead
 * out of it: no dot segments, no leading dots, no absolute names.
 */
sealed interface Shelf {

    Pattern NAME =
            Pattern.compile("(?:[A-Za-z0-9_][A-Za-z0-9_-]*/)*[A-Za-z0-9_][A-Za-z0-9_.-]*\\.(?:md|png|webp|svg|jpg)");
    int LONGEST_NAME = 200;

    /**
     * A file as it stands there now.
     *
     * @param changed when it was last written; {@link Instant#EPOCH} for one that cannot change while the server runs
     */
    record Sheet(byte[] content, Instant changed) {}

    /** When the file was last written, or empty if there is none of this name. Costs no reading. */
    Optional<Instant> changed(String name);

    /** The file, or empty if there is none of this name. */
    Optional<Sheet> find(String name);

    static boolean isName(String name) {
        return name.length() <= LONGEST_NAME && NAME.matcher(name).matches();
    }

    /** A folder, such as the docs of a checkout: what is edited there is seen at the next request. */
    record Folder(Path root) implements Shelf {

        @Override
        public Optional<Instant> changed(String name) {
            return file(name).map(file -> {
                try {
                    return Files.getLastModifiedTime(file).toInstant();
                } catch (IOException unreadable) {
                    throw new UncheckedIOException(unreadable);
                }
            });
        }

        @Override
        public Optional<Sheet> find(String name) {
            return file(name).map(file -> {
                try {
                    Instant changed = Files.getLastModifiedTime(file).toInstant();
                    return new Sheet(Files.readAllBytes(file), changed);
                } catch (IOException unreadable) {
                    throw new UncheckedIOException(unreadable);
                }
            });
        }

        /** A link in the folder that leads out of it is not followed. */
        private Optional<Path> file(String name) {
            Path file = root.resolve(name).normalize();
            if (!isName(name) || !Files.isRegularFile(file)) {
                return Optional.empty();
            }
            try {
                return file.toRealPath().startsWith(root.toRealPath()) ? Optional.of(file) : Optional.empty();
            } catch (IOException gone) {
                return Optional.empty();
            }
        }
    }

    /** What this build carries. */
    record Packaged() implements Shelf {

        private static final String ROOT = "/docs/";

        @Override
        public Optional<Instant> changed(String name) {
            return isName(name) && Packaged.class.getResource(ROOT + name) != null
                    ? Optional.of(Instant.EPOCH)
                    : Optional.empty();
        }

        @Override
        public Optional<Sheet> find(String name) {
            if (!isName(name)) {
                return Optional.empty();
            }
            try (InputStream stream = Packaged.class.getResourceAsStream(ROOT + name)) {
                return stream == null ? Optional.empty() : Optional.of(new Sheet(stream.readAllBytes(), Instant.EPOCH));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
    }
}
