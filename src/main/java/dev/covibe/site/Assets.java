package dev.covibe.site;

import dev.covibe.platform.crypto.Sha256;
import io.quarkus.qute.TemplateGlobal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The stylesheet, scripts and drawings of every page, read once. Their address carries a hash of all their contents, so
 * a browser may keep them for ever and a new version is never mixed with an old one.
 */
public final class Assets {

    private static final String ROOT = "/META-INF/resources/";
    private static final Pattern IMPORT = Pattern.compile("@import url\\(\"([^\"]+)\"\\) layer\\((\\w+)\\);");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern MODULE = Pattern.compile("(?:from|import) \"\\./([\\w-]+\\.js)\"");
    private static final int HASH_LENGTH = 12;

    private static final Map<String, Asset> FILES = read();
    private static final String BASE = "/assets/" + hash(FILES);
    private static final List<String> CONSOLE_SCRIPTS = modules("main.js");

    private Assets() {}

    /** The address that all of them lie under: {@code /assets/1f9ab2…}. */
    @TemplateGlobal
    public static String assets() {
        return BASE;
    }

    /** The console's scripts, so that a page can ask for all of them at once. */
    @TemplateGlobal
    static List<String> scripts() {
        return CONSOLE_SCRIPTS;
    }

    /** A file as it is served. */
    record Asset(String type, byte[] content) {}

    static Optional<Asset> find(String name) {
        return Optional.ofNullable(FILES.get(name));
    }

    private static Map<String, Asset> read() {
        Map<String, Asset> files = new TreeMap<>();
        files.put(
                "covibe.css",
                new Asset("text/css", unfold(text("css/covibe.css")).getBytes(StandardCharsets.UTF_8)));
        files.put("icons.svg", new Asset("image/svg+xml", bytes("img/icons.svg")));
        files.put("mark.svg", new Asset("image/svg+xml", bytes("img/mark.svg")));
        addModule("main.js", files);
        addModule("site.js", files);
        return files;
    }

    /** Puts every imported file in its place: one request instead of forty, and the sources stay one file a component. */
    private static String unfold(String entry) {
        String whole = IMPORT.matcher(entry)
                .replaceAll(match -> Matcher.quoteReplacement(
                        "@layer " + match.group(2) + "{" + text("css/" + match.group(1)) + "}"));
        return COMMENT.matcher(whole).replaceAll("").replaceAll("\\s*\\n\\s*", "");
    }

    private static void addModule(String name, Map<String, Asset> files) {
        if (files.containsKey("js/" + name)) {
            return;
        }
        String source = text("js/" + name);
        files.put("js/" + name, new Asset("text/javascript", source.getBytes(StandardCharsets.UTF_8)));
        MODULE.matcher(source).results().forEach(match -> addModule(match.group(1), files));
    }

    private static List<String> modules(String entry) {
        Map<String, Asset> files = new TreeMap<>();
        addModule(entry, files);
        return List.copyOf(files.keySet());
    }

    private static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String name) {
        try (InputStream stream = Assets.class.getResourceAsStream(ROOT + name)) {
            if (stream == null) {
                throw new IllegalStateException("The file " + name + " is missing.");
            }
            return stream.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String hash(Map<String, Asset> files) {
        MessageDigest digest = Sha256.begin();
        files.values().forEach(file -> digest.update(file.content()));
        return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_LENGTH);
    }
}
