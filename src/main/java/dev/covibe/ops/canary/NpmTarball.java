package dev.covibe.ops.canary;

import dev.covibe.ops.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Reads a gzipped tar archive of plain files, which is all that npm packs. */
final class NpmTarball {

    private static final int BLOCK = 512;
    private static final int MOST_FILES = 10_000;
    private static final int LARGEST_FILE = 16 << 20;

    private NpmTarball() {}

    static Map<String, byte[]> read(byte[] tarball) {
        try (InputStream tar = new GZIPInputStream(new ByteArrayInputStream(tarball))) {
            Map<String, byte[]> files = new LinkedHashMap<>();
            byte[] header = tar.readNBytes(BLOCK);
            while (header.length == BLOCK && header[0] != 0 && files.size() < MOST_FILES) {
                int size = Integer.parseInt(text(header, 124, 12), 8);
                if (size > LARGEST_FILE) {
                    throw new IOException("a file of " + size + " bytes");
                }
                byte[] content = tar.readNBytes(size);
                tar.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
                if (header[156] == '0' || header[156] == 0) {
                    files.put(text(header, 0, 100), content);
                }
                header = tar.readNBytes(BLOCK);
            }
            return files;
        } catch (IOException | NumberFormatException broken) {
            throw Failure.of("What stands at /downloads/co-vibe.tgz is not a gzipped tar archive ("
                    + broken.getMessage() + "): npm would refuse it.");
        }
    }

    private static String text(byte[] header, int from, int length) {
        String field = new String(header, from, length, StandardCharsets.US_ASCII);
        int end = field.indexOf('\0');
        return (end < 0 ? field : field.substring(0, end)).strip();
    }
}
