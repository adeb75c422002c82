package dev.covibe.guard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/**
 * What the product stands on is fixed, unambiguous and free to use. Looks at the class path and at the packages' own
 * descriptions, so it needs no network and says the same tomorrow.
 */
class DependenciesTest {

    /** Words that tell a licence which lets us ship the library, next to our own code, to anybody. */
    private static final Pattern FREE = Pattern.compile(
            "apache|mit\\b|mit license|bsd|eclipse|epl|edl|mozilla|mpl|lgpl|lesser|public domain|cc0|isc|0bsd|ofl|"
                    + "open font|universal permissive|upl|postgresql|bouncy castle|unicode|classpath exception",
            Pattern.CASE_INSENSITIVE);

    /** Maven's own libraries, which tests of Quarkus bring along; two of them share a few classes. Nothing of it is shipped. */
    private static final String OF_THE_BUILD = "org/codehaus/plexus/";

    private static final Pattern LICENCES = Pattern.compile("<licenses>(.*?)</licenses>", Pattern.DOTALL);
    private static final Pattern NAME = Pattern.compile("<name>(.*?)</name>", Pattern.DOTALL);
    private static final Pattern PARENT = Pattern.compile("<parent>(.*?)</parent>", Pattern.DOTALL);
    private static final Pattern VERSION_OF_OURS = Pattern.compile("<([\\w.-]*version)>([^<$]+)</");

    /** A jar of the class path that came from a repository. */
    private record Artifact(Path jar) {

        Path description() {
            String file = jar.getFileName().toString();
            String name = jar.getParent().getParent().getFileName().toString();
            String version = jar.getParent().getFileName().toString();
            return file.startsWith(name + "-" + version)
                    ? jar.resolveSibling(name + "-" + version + ".pom")
                    : jar.resolveSibling("nonesuch");
        }

        @Override
        public String toString() {
            return jar.getParent().getParent().getFileName() + " "
                    + jar.getParent().getFileName();
        }
    }

    private static List<Artifact> artifacts() {
        List<Artifact> artifacts = Stream.of(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .map(Path::of)
                .map(Artifact::new)
                .toList();
        assertThat(artifacts).hasSizeGreaterThan(100);
        return artifacts;
    }

    @Test
    void no_version_is_a_moving_one() {
        assertThat(artifacts())
                .noneMatch(artifact -> artifact.jar().getFileName().toString().contains("-SNAPSHOT"));
        assertThat(VERSION_OF_OURS.matcher(read(Path.of("pom.xml"))).results())
                .isNotEmpty()
                .allMatch(found -> !found.group(2).matches(".*[\\[\\](),+*].*|LATEST|RELEASE"));
    }

    @Test
    void each_library_is_there_in_one_version() {
        Map<String, Set<String>> versions = new TreeMap<>();
        for (Artifact artifact : artifacts()) {
            Path version = artifact.jar().getParent();
            versions.computeIfAbsent(version.getParent().toString(), library -> new TreeSet<>())
                    .add(version.getFileName().toString());
        }
        versions.values().removeIf(some -> some.size() == 1);
        assertThat(versions).isEmpty();
    }

    @Test
    void no_class_is_there_twice() throws IOException {
        Map<String, String> homes = new HashMap<>();
        Set<String> shared = new TreeSet<>();
        for (Artifact artifact : artifacts()) {
            try (JarFile jar = new JarFile(artifact.jar().toFile())) {
                jar.stream()
                        .map(ZipEntry::getName)
                        .filter(name -> name.endsWith(".class")
                                && !name.startsWith(OF_THE_BUILD)
                                && !name.startsWith("META-INF/")
                                && !name.endsWith("module-info.class")
                                && !name.endsWith("package-info.class"))
                        .forEach(name -> Optional.ofNullable(homes.put(name, artifact.toString()))
                                .filter(other -> !other.equals(artifact.toString()))
                                .ifPresent(other -> shared.add(other + " and " + artifact)));
            }
        }
        assertThat(shared).isEmpty();
    }

    @Test
    void every_library_is_free_to_use() {
        Map<String, String> unclear = new TreeMap<>();
        for (Artifact artifact : artifacts()) {
            List<String> licences = licences(artifact.description(), 0);
            if (licences.stream().noneMatch(licence -> FREE.matcher(licence).find())) {
                unclear.put(artifact.toString(), licences.toString());
            }
        }
        assertThat(unclear).isEmpty();
    }

    /** Of the library, or of what its description inherits from. */
    private static List<String> licences(Path description, int depth) {
        if (depth > 6 || !Files.exists(description)) {
            return List.of();
        }
        String pom = read(description);
        Matcher own = LICENCES.matcher(pom);
        if (own.find()) {
            return NAME.matcher(own.group(1))
                    .results()
                    .map(name -> name.group(1).strip())
                    .toList();
        }
        Matcher parent = PARENT.matcher(pom);
        return parent.find() ? licences(parent(description, parent.group(1)), depth + 1) : List.of();
    }

    private static Path parent(Path child, String parent) {
        String group = tag(parent, "groupId");
        String name = tag(parent, "artifactId");
        String version = tag(parent, "version");
        Path repository = child;
        while (repository.getParent() != null && !repository.endsWith("repository")) {
            repository = repository.getParent();
        }
        return repository
                .resolve(group.replace('.', '/'))
                .resolve(name)
                .resolve(version)
                .resolve(name + "-" + version + ".pom");
    }

    private static String tag(String xml, String name) {
        Matcher found = Pattern.compile("<" + name + ">\\s*([^<\\s]+)\\s*</").matcher(xml);
        return found.find() ? found.group(1) : "";
    }

    @Test
    void node_packages_are_fixed_to_their_very_bytes() throws IOException {
        List<String> faults = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        List<Path> manifests = manifests();
        assertThat(manifests).hasSizeGreaterThan(2);
        for (Path manifest : manifests) {
            JsonNode own = json.readTree(manifest.toFile());
            own.path("dependencies").properties().forEach(entry -> faults.addAll(moving(manifest, entry)));
            own.path("devDependencies").properties().forEach(entry -> faults.addAll(moving(manifest, entry)));
            Path lock = manifest.resolveSibling("package-lock.json");
            if (own.has("dependencies") || own.has("devDependencies")) {
                json.readTree(lock.toFile()).path("packages").properties().forEach(entry -> {
                    boolean fetched = entry.getKey().contains("node_modules/")
                            && !entry.getValue().path("link").asBoolean()
                            && !entry.getValue().path("inBundle").asBoolean();
                    if (fetched && entry.getValue().path("integrity").asText().isEmpty()) {
                        faults.add(lock + ": " + entry.getKey() + " has no integrity");
                    }
                });
            }
        }
        assertThat(faults).isEmpty();
    }

    private static List<String> moving(Path manifest, Map.Entry<String, JsonNode> dependency) {
        String version = dependency.getValue().asText();
        return version.matches("\\d+\\.\\d+\\.\\d+[\\w.-]*")
                ? List.of()
                : List.of(manifest + ": " + dependency.getKey() + " " + version);
    }

    private static List<Path> manifests() throws IOException {
        List<Path> manifests = new ArrayList<>(List.of(Path.of("companion/package.json")));
        try (Stream<Path> tests = Files.list(Path.of("src/test"))) {
            tests.map(directory -> directory.resolve("package.json"))
                    .filter(Files::exists)
                    .forEach(manifests::add);
        }
        return manifests;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
