package dev.covibe.identity.photos;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Keeps the squares of photos as files below {@code COVIBE_UPLOAD_DIR}, a folder for each company. On Cloud Run that
 * directory is a mounted bucket, which all instances share.
 */
@ApplicationScoped
class PhotoStore {

    private final Path photos;

    PhotoStore(@ConfigProperty(name = "covibe.upload-dir") String directory) {
        this.photos = Path.of(directory).toAbsolutePath().resolve("photos");
    }

    /** Whole or not at all: a reader must not meet half a picture. */
    void write(UUID tenantId, String hash, int size, byte[] jpeg) {
        Path file = file(tenantId, hash, size);
        try {
            Files.createDirectories(file.getParent());
            Path half = Files.createTempFile(file.getParent(), hash, ".part");
            Files.write(half, jpeg);
            Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Optional<byte[]> read(UUID tenantId, String hash, int size) {
        try {
            return Optional.of(Files.readAllBytes(file(tenantId, hash, size)));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void delete(UUID tenantId, String hash, int size) {
        try {
            Files.deleteIfExists(file(tenantId, hash, size));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path file(UUID tenantId, String hash, int size) {
        return photos.resolve(tenantId.toString()).resolve(hash + "-" + size + ".jpg");
    }
}
