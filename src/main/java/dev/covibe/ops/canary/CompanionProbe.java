package dev.covibe.ops.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.covibe.ops.Failure;
import dev.covibe.platform.crypto.Sha256;
import java.io.IOException;
import java.util.Map;

/** The companion's package, as npm would meet it: fetched, held against its manifest, and unpacked. */
final class CompanionProbe {

    /** The smallest that a companion has ever been is three times as large; an error page is smaller. */
    private static final int SMALLEST = 20_000;

    private static final String TARBALL = "/downloads/co-vibe.tgz";

    private CompanionProbe() {}

    static Probe probe() {
        return new Probe("companion package", CompanionProbe::look);
    }

    private static String look(Remote remote) {
        JsonNode manifest = remote.get("/downloads/co-vibe.json")
                .mustBe(200, "the companion's manifest is missing in this build.")
                .json();
        byte[] tarball = remote.get(TARBALL)
                .mustBe(200, "developers cannot install the companion.")
                .body();
        if (tarball.length < SMALLEST) {
            throw Failure.of("GET " + TARBALL + " gives " + tarball.length
                    + " bytes, too few for a companion: is it an error page, or an empty build?");
        }
        Map<String, byte[]> files = NpmTarball.read(tarball);
        JsonNode description = description(files);
        if (!description.path("name").asText().equals("co-vibe")) {
            throw Failure.of("The package at " + TARBALL + " is \""
                    + description.path("name").asText() + "\" and not co-vibe.");
        }
        requireCommand(files, description);
        requireManifest(manifest, tarball, description);
        return "co-vibe " + description.path("version").asText() + ", " + tarball.length
                + " bytes, as its manifest says";
    }

    private static JsonNode description(Map<String, byte[]> files) {
        byte[] text = files.get("package/package.json");
        if (text == null) {
            throw Failure.of("The package at " + TARBALL
                    + " has no package/package.json: npm would refuse it. Build the server's companion again.");
        }
        if (!files.keySet().stream().allMatch(name -> name.startsWith("package/"))) {
            throw Failure.of("The package at " + TARBALL + " has files outside of package/: that is not npm's layout.");
        }
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException unreadable) {
            throw Failure.of("The package.json of " + TARBALL + " is not JSON.");
        }
    }

    private static void requireCommand(Map<String, byte[]> files, JsonNode description) {
        String command = description.path("bin").path("covibe-local").asText("");
        if (command.isEmpty() || !files.containsKey("package/" + command.replaceFirst("^\\./", ""))) {
            throw Failure.of("The package at " + TARBALL
                    + " brings no command covibe-local: `npm exec -- covibe-local setup` would fail.");
        }
    }

    private static void requireManifest(JsonNode manifest, byte[] tarball, JsonNode description) {
        String sha256 = Sha256.hex(tarball);
        if (!manifest.path("sha256").asText().equals(sha256)) {
            throw Failure.of("The package at " + TARBALL + " has the SHA-256 " + sha256 + ", but its manifest says "
                    + manifest.path("sha256").asText() + ": a cache gives out another release's file; clear it.");
        }
        if (manifest.path("size").asInt() != tarball.length) {
            throw Failure.of("The package at " + TARBALL + " has " + tarball.length + " bytes, but its manifest says "
                    + manifest.path("size").asInt() + ".");
        }
        if (!manifest.path("version")
                        .asText()
                        .equals(description.path("version").asText())
                || !manifest.path("name")
                        .asText()
                        .equals(description.path("name").asText())) {
            throw Failure.of("The package at " + TARBALL + " is "
                    + description.path("name").asText() + " "
                    + description.path("version").asText() + ", but its manifest says "
                    + manifest.path("name").asText() + " "
                    + manifest.path("version").asText() + ".");
        }
    }
}
