package dev.covibe.ops;

import static java.util.stream.Collectors.joining;

import dev.covibe.platform.crypto.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/**
 * The migrations that this build carries, in the order of their names. Listed by us and not by Flyway's class path scan, which
 * costs a part of every start and does not see into every kind of artifact. What they say is read only when somebody asks.
 */
final class Migrations implements ResourceProvider {

    private static final String DIRECTORY = "db/migration";
    private static final String PREFIX = DIRECTORY + "/";

    private final List<Script> scripts;

    private Migrations(List<Script> scripts) {
        this.scripts = scripts;
    }

    static Migrations carried() {
        URL first = Migrations.class.getClassLoader().getResource(PREFIX + "V0001__tenancy_tenants_and_workspaces.sql");
        if (first == null) {
            throw new IllegalStateException("This build carries no migrations.");
        }
        try {
            return new Migrations(
                    switch (first.getProtocol()) {
                        case "jar" -> inArchive((JarURLConnection) first.openConnection());
                        case "file" -> in(Path.of(first.toURI()).getParent());
                        default -> inImage(first.toURI());
                    });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** An archive has the checksums in its table of contents, so nothing is unpacked for them. */
    private static List<Script> inArchive(JarURLConnection archive) throws IOException {
        archive.setUseCaches(false);
        try (JarFile jar = archive.getJarFile()) {
            return jar.stream()
                    .filter(entry -> entry.getName().startsWith(PREFIX) && !entry.isDirectory())
                    .map(entry -> new Script(entry.getName().substring(PREFIX.length()), entry.getCrc()))
                    .sorted()
                    .toList();
        }
    }

    /** What a native executable carries looks like a file system of its own. */
    private static List<Script> inImage(URI uri) throws IOException {
        try (FileSystem image = FileSystems.newFileSystem(uri, Map.of())) {
            return in(image.getPath(DIRECTORY));
        }
    }

    private static List<Script> in(Path directory) throws IOException {
        List<Script> scripts = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                CRC32 checksum = new CRC32();
                checksum.update(Files.readAllBytes(file));
                scripts.add(new Script(file.getFileName().toString(), checksum.getValue()));
            }
        }
        return scripts.stream().sorted().toList();
    }

    int count() {
        return scripts.size();
    }

    /** As Flyway writes them: {@code 0030}. */
    List<String> versions() {
        return scripts.stream()
                .map(script -> script.name().replaceFirst("^V([0-9]+)__.*", "$1"))
                .sorted()
                .toList();
    }

    /** Changes when any migration is added or edited, or when {@code more} changes; the same from an archive and from files. */
    String fingerprint(String more) {
        String carried = scripts.stream()
                .map(script -> script.name() + ' ' + script.checksum() + '\n')
                .collect(joining());
        return Sha256.hex(carried + more).substring(0, 24);
    }

    @Override
    public LoadableResource getResource(String name) {
        return scripts.stream()
                .filter(script -> script.name().equals(name) || (PREFIX + script.name()).equals(name))
                .map(Source::new)
                .findFirst()
                .orElse(null);
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        return scripts.stream()
                .filter(script ->
                        script.name().startsWith(prefix) && Stream.of(suffixes).anyMatch(script.name()::endsWith))
                .<LoadableResource>map(Source::new)
                .toList();
    }

    private record Script(String name, long checksum) implements Comparable<Script> {

        @Override
        public int compareTo(Script other) {
            return name.compareTo(other.name);
        }
    }

    private static final class Source extends LoadableResource {

        private final Script script;

        private Source(Script script) {
            this.script = script;
        }

        @Override
        public Reader read() {
            InputStream resource = Migrations.class.getClassLoader().getResourceAsStream(getAbsolutePath());
            return new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8));
        }

        @Override
        public String getAbsolutePath() {
            return PREFIX + script.name();
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return getAbsolutePath();
        }

        @Override
        public String getFilename() {
            return script.name();
        }

        @Override
        public String getRelativePath() {
            return script.name();
        }
    }
}
