package dev.covibe.ops;

import dev.covibe.platform.crypto.Sha256;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/** The migrations that this build carries, in the order of their names. Read by us and not by Flyway's class path scan,
 * which costs a part of every start and does not see into every kind of artifact. */
final class Migrations implements ResourceProvider {

    private static final String DIRECTORY = "db/migration";

    private final List<Script> scripts;

    private Migrations(List<Script> scripts) {
        this.scripts = scripts;
    }

    static Migrations carried() {
        URL first =
                Migrations.class.getClassLoader().getResource(DIRECTORY + "/V0001__tenancy_tenants_and_workspaces.sql");
        if (first == null) {
            throw new IllegalStateException("This build carries no migrations.");
        }
        try {
            URI uri = first.toURI();
            if (uri.getScheme().equals("file")) {
                return new Migrations(read(Path.of(uri).getParent()));
            }
            try (FileSystem archive = FileSystems.newFileSystem(uri, Map.of())) {
                return new Migrations(read(archive.getPath(DIRECTORY)));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<Script> read(Path directory) throws IOException {
        List<Script> scripts = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                scripts.add(new Script(file.getFileName().toString(), Files.readString(file)));
            }
        }
        return List.copyOf(scripts);
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

    /** Changes when any migration is added or edited, or when {@code more} changes. */
    String fingerprint(String more) {
        MessageDigest digest = Sha256.begin();
        for (Script script : scripts) {
            digest.update((script.name() + '\0' + script.text() + '\0').getBytes(StandardCharsets.UTF_8));
        }
        digest.update(more.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest(), 0, 12);
    }

    @Override
    public LoadableResource getResource(String name) {
        return scripts.stream()
                .filter(script -> script.name().equals(name) || (DIRECTORY + "/" + script.name()).equals(name))
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

    private record Script(String name, String text) {}

    private static final class Source extends LoadableResource {

        private final Script script;

        private Source(Script script) {
            this.script = script;
        }

        @Override
        public Reader read() {
            return new BufferedReader(new StringReader(script.text()));
        }

        @Override
        public String getAbsolutePath() {
            return DIRECTORY + "/" + script.name();
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
