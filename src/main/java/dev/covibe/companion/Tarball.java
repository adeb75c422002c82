package dev.covibe.companion;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.zip.CRC32;

/**
 * A gzipped tar archive whose bytes depend on nothing but its contents: sorted names, no clock, no owner, and no
 * compression, because compressors differ from one machine to the next. It is small, and npm does not mind.
 */
final class Tarball {

    private static final int BLOCK = 512;
    private static final int LONGEST_NAME = 99;
    /** npm's own archives carry this day too: file systems that begin in 1980 can hold it. */
    private static final long DAY = 499162500L;

    private static final int LARGEST_STORED = 65_535;

    private Tarball() {}

    /** @param files by name inside the archive; those under {@code bin/} are executable */
    static byte[] of(SortedMap<String, byte[]> files) {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            byte[] content = file.getValue();
            tar.writeBytes(header(file.getKey(), content.length));
            tar.writeBytes(content);
            tar.writeBytes(new byte[(BLOCK - content.length % BLOCK) % BLOCK]);
        }
        tar.writeBytes(new byte[2 * BLOCK]);
        return gzip(tar.toByteArray());
    }

    private static byte[] header(String name, int size) {
        if (name.length() > LONGEST_NAME || !name.matches("[\\w./@-]+")) {
            throw new IllegalArgumentException("A file of the companion has a name that tar cannot hold: " + name);
        }
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, name.contains("/bin/") ? "000755 \0" : "000644 \0");
        put(header, 108, "000000 \0");
        put(header, 116, "000000 \0");
        put(header, 124, "%011o ".formatted(size));
        put(header, 136, "%011o ".formatted(DAY));
        put(header, 148, "        ");
        put(header, 156, "0");
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (byte some : header) {
            sum += some & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    /** RFC 1952, around stored blocks of RFC 1951. */
    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 255});
        for (int at = 0; at < content.length; at += LARGEST_STORED) {
            int length = Math.min(LARGEST_STORED, content.length - at);
            boolean last = at + length == content.length;
            out.write(last ? 1 : 0);
            out.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort((short) length)
                    .putShort((short) ~length)
                    .array());
            out.write(content, at, length);
        }
        CRC32 sum = new CRC32();
        sum.update(content);
        out.writeBytes(ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) sum.getValue())
                .putInt(content.length)
                .array());
        return out.toByteArray();
    }
}
