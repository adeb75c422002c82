package dev.covibe.ops;

import dev.covibe.platform.crypto.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * The MCP tools of this build, by name. They stand in {@code mcp-tools.txt}, which a test pins to what the server really
 * offers, so that a command knows them without booting the server. Health publishes their digest: the canary can hold
 * the exact surface against its own without a token (OPS-4).
 */
public final class ToolSurface {

    private static final String RESOURCE = "mcp-tools.txt";

    private ToolSurface() {}

    /** In alphabetical order. */
    public static List<String> expected() {
        try (InputStream resource = ToolSurface.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("This build does not say which tools it offers.");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** SHA-256, in hex, of the names in alphabetical order, one per line. */
    public static String digest(Collection<String> names) {
        return Sha256.hex(String.join("\n", new TreeSet<>(names)));
    }
}
