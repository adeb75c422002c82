package dev.covibe.ops;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether photos can be kept in a directory (IDN-13). A mounted bucket says only when it is written to. */
final class Uploads {

    private Uploads() {}

    static boolean canBeKeptIn(Path directory) {
        try {
            Files.delete(Files.createTempFile(directory, "covibe-doctor", null));
            return true;
        } catch (IOException refused) {
            return false;
        }
    }
}
