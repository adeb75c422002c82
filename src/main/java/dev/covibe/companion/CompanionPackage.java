package dev.covibe.companion;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.covibe.platform.crypto.Sha256;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.TreeMap;

/**
 * The companion's npm package (CMP-1), put together from the files that this build carries: the ones that its own
 * {@code package.json} names. What the manifest says is computed from the very bytes that are served.
 */
final class CompanionPackage {

    private static final String ROOT = "/companion/";
    private static final String DESCRIPTION = "package.json";

    private static final CompanionPackage THIS_BUILD = read();

    private final byte[] tarball;
    private final Manifest manifest;

    private CompanionPackage(byte[] tarball, Manifest manifest) {
        this.tarball = tarball;
        this.manifest = manifest;
    }

    /**
     * @param version of the companion that this server gives out
     * @param sha256 of the tarball, in hex
     * @param size of the tarball, in bytes
     * @param node the range of Node versions that it runs on, such as {@code >=20}
     */
    @RegisterForReflection
    record Manifest(String name, String version, String sha256, int size, String node, String tarball) {}

    static CompanionPackage ofThisBuild() {
        return THIS_BUILD;
    }

    byte[] tarball() {
        return tarball;
    }

    Manifest manifest() {
        return manifest;
    }

    private static CompanionPackage read() {
        try {
            JsonNode description = new ObjectMapper().readTree(bytes(DESCRIPTION));
            TreeMap<String, byte[]> files = new TreeMap<>();
            files.put("package/" + DESCRIPTION, bytes(DESCRIPTION));
            for (JsonNode name : description.withArray("files")) {
                files.put("package/" + name.asText(), bytes(name.asText()));
            }
            byte[] tarball = Tarball.of(files);
            return new CompanionPackage(
                    tarball,
                    new Manifest(
                            description.get("name").asText(),
                            description.get("version").asText(),
                            Sha256.hex(tarball),
                            tarball.length,
                            description.get("engines").get("node").asText(),
                            "/downloads/co-vibe.tgz"));
        } catch (IOException broken) {
            throw new IllegalStateException("The companion's package cannot be put together.", broken);
        }
    }

    private static byte[] bytes(String name) {
        try (InputStream stream = CompanionPackage.class.getResourceAsStream(ROOT + name)) {
            if (stream == null) {
                throw new IllegalStateException("The companion's file " + name + " is missing in this build.");
            }
            return stream.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
