package dev.covibe.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The launcher in a checkout of its own, with a JDK and a Maven that only write down how they were called. It wants a
 * Java that no machine has, so that it finds ours and no other.
 */
class LauncherTest {

    @TempDir
    Path directory;

    private Path checkout;
    private Path home;

    private record Outcome(int exitCode, String out, String err) {}

    @BeforeEach
    void prepare() throws IOException {
        checkout = Files.createDirectories(directory.resolve("my checkout"));
        home = Files.createDirectories(directory.resolve("an empty home"));
        script(
                checkout.resolve("covibe"),
                Files.readString(Path.of("covibe")).replace("JAVA_WANTED=25", "JAVA_WANTED=99"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        Path flatten = Path.of("src/main/docker/flatten.sh");
        Files.createDirectories(checkout.resolve(flatten).getParent());
        Files.copy(flatten, checkout.resolve(flatten));
        Files.createDirectories(checkout.resolve("src/embedded"));
    }

    @Test
    void help_needs_nothing() throws Exception {
        Outcome outcome = run("help");
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).contains("up [--reset [--yes]]").contains("COVIBE_DATA");
    }

    @Test
    void without_a_jdk_it_says_what_to_install() throws Exception {
        Outcome outcome = run("up");
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("needs a JDK 99").contains("JAVA_HOME");
    }

    @Test
    void it_finds_a_jdk_of_sdkman_builds_once_and_runs_the_command_where_the_caller_stands() throws Exception {
        jdk(home.resolve(".sdkman/candidates/java/99-tem"));
        maven();

        Outcome first = run("up", "--reset", "--yes");
        assertThat(first.err()).contains("First build");
        assertThat(first.exitCode()).isZero();
        assertThat(first.out())
                .contains("quarkus-run.jar serve --reset --yes")
                .contains("in " + directory.toRealPath());

        assertThat(run("doctor").err()).isEmpty();
    }

    @Test
    void a_server_starts_from_the_cache_that_was_made_for_this_build_and_this_java() throws Exception {
        jdk(home.resolve(".sdkman/candidates/java/99-tem"));
        maven();
        assertThat(run("up").out()).contains("quarkus-run.jar serve").doesNotContain("AOTCache");

        Path app = installed();
        Path release = home.resolve(".sdkman/candidates/java/99-tem/release");
        Path cache = app.resolve("start-" + checksum(release) + ".aot");
        Files.createFile(cache);
        assertThat(run("up").out())
                .contains("-XX:AOTCache=" + cache.toRealPath())
                .contains("-jar " + app.toRealPath() + "/covibe-start.jar serve");
        assertThat(run("doctor").out()).contains("quarkus-run.jar doctor").doesNotContain("AOTCache");
        for (String setting : List.of("COVIBE_START_CACHE=off", "COVIBE_JAVA_OPTIONS=-Xmx1g")) {
            String[] words = setting.split("=");
            assertThat(runFile(checkout.resolve("covibe"), Map.of(words[0], words[1]), "up")
                            .out())
                    .contains("quarkus-run.jar serve")
                    .doesNotContain("AOTCache");
        }

        Files.writeString(release, "JAVA_VERSION=\"99.0.2\"\n");
        assertThat(run("up").out()).contains("quarkus-run.jar serve").doesNotContain("AOTCache");
    }

    @Test
    void the_jar_that_the_cache_is_for_names_every_other_in_quarkus_order() throws Exception {
        Path real = Path.of(System.getProperty("java.home"));
        Path jdk = home.resolve("jdk");
        jdk(jdk);
        script(jdk.resolve("bin/jar"), "#!/bin/sh\nexec '" + real.resolve("bin/jar") + "' \"$@\"\n");
        maven();
        List<String> jars = new ArrayList<>(List.of(
                "quarkus/transformed-bytecode.jar",
                "quarkus/generated-bytecode.jar",
                "app/covibe-1.jar",
                "lib/boot/a-library-with-a-rather-long-name-that-does-not-fit-on-a-line-1.0.0.Final.jar",
                "lib/main/b.jar"));
        for (String jar : jars) {
            Path file = checkout.resolve("target/quarkus-app").resolve(jar);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
        assertThat(runFile(
                                checkout.resolve("covibe"),
                                Map.of("JAVA_HOME", jdk.toString(), "COVIBE_START_CACHE", "untrained"),
                                "up")
                        .out())
                .contains("covibe-start.jar serve")
                .doesNotContain("AOTCache");
        try (JarFile jar = new JarFile(installed().resolve("covibe-start.jar").toFile())) {
            var manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Main-Class")).isEqualTo("dev.covibe.ops.CovibeMain");
            assertThat(List.of(manifest.getValue("Class-Path").split(" "))).isEqualTo(jars);
        }
    }

    @Test
    void a_build_forgets_pages_that_are_gone_and_keeps_classes() throws Exception {
        jdk(home.resolve("jdk"));
        maven();
        Path stale = checkout.resolve("target/classes/templates/gone/gone.html");
        Path compiled = checkout.resolve("target/classes/dev/covibe/Kept.class");
        for (Path file : List.of(stale, compiled)) {
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
        runFile(
                checkout.resolve("covibe"),
                Map.of("JAVA_HOME", home.resolve("jdk").toString()),
                "doctor");
        assertThat(stale).doesNotExist();
        assertThat(compiled).exists();
    }

    private Path installed() throws IOException {
        try (var apps = Files.list(checkout.resolve(".covibe/app"))) {
            return apps.findFirst().orElseThrow();
        }
    }

    private static String checksum(Path file) throws Exception {
        Process process =
                new ProcessBuilder("cksum").redirectInput(file.toFile()).start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split(" ")[0];
    }

    @Test
    void it_builds_again_when_a_source_is_newer_and_not_when_only_a_test_is() throws Exception {
        jdk(home.resolve(".local/share/mise/installs/java/99"));
        maven();
        run("doctor");

        Path test = Files.writeString(
                Files.createDirectories(checkout.resolve("src/test")).resolve("A.java"), "");
        Files.setLastModifiedTime(test, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(run("doctor").err()).isEmpty();

        Path source = Files.writeString(checkout.resolve("src/main/A.java"), "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(run("doctor").err()).contains("something changed");
    }

    @Test
    void a_failed_build_is_shown_and_is_not_taken_for_a_good_one() throws Exception {
        jdk(home.resolve(".asdf/installs/java/99"));
        script(home.resolve("maven/bin/mvn"), "#!/bin/sh\necho '[ERROR] a semicolon is missing'\nexit 1\n");

        for (int i = 0; i < 2; i++) {
            Outcome outcome = run("up");
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err()).contains("a semicolon is missing").contains("covibe-build.log");
        }
    }

    @Test
    void of_two_that_start_at_once_one_builds_and_the_other_waits_whoever_was_killed_before() throws Exception {
        jdk(home.resolve(".asdf/installs/java/99"));
        script(
                home.resolve("maven/bin/mvn"),
                "#!/bin/sh\necho built >>builds\nsleep 1\nmkdir -p target/quarkus-app\necho built >target/quarkus-app/quarkus-run.jar\n");
        Files.createSymbolicLink(
                Files.createDirectories(checkout.resolve("target")).resolve("covibe-building"), Path.of("99999999"));

        try (var pool = Executors.newFixedThreadPool(2)) {
            Future<Outcome> one = pool.submit(() -> run("doctor"));
            Future<Outcome> other = pool.submit(() -> run("doctor"));
            assertThat(one.get().exitCode()).isZero();
            assertThat(other.get().exitCode()).isZero();
            assertThat(one.get().err() + other.get().err()).contains("builds here already");
        }
        assertThat(checkout.resolve("builds")).hasContent("built");
        assertThat(checkout.resolve("target/covibe-building")).doesNotExist();
    }

    @Test
    void it_works_through_a_link() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("covibe-link"), checkout.resolve("covibe"));
        jdk(home.resolve("jdk"));
        maven();
        Outcome outcome = runFile(link, Map.of("JAVA_HOME", home.resolve("jdk").toString()), "doctor");
        assertThat(outcome.out()).contains(checkout.toRealPath() + "/.covibe/app/");
    }

    @Test
    void an_unknown_benchmark_is_wrong_usage() throws Exception {
        Path bench = Files.createDirectories(checkout.resolve("src/test/java/dev"));
        Files.writeString(bench.resolve("OverlapBench.java"), "");
        assertThat(run("bench", "nothing").exitCode()).isEqualTo(2);
        assertThat(run("bench").err()).contains("overlap");
    }

    private void jdk(Path place) throws IOException {
        Files.createDirectories(place.resolve("bin"));
        Files.writeString(place.resolve("release"), "JAVA_VERSION=\"99.0.1\"\n");
        script(place.resolve("bin/javac"), "#!/bin/sh\n");
        script(place.resolve("bin/jar"), "#!/bin/sh\necho flat >\"$3\"\n");
        script(place.resolve("bin/java"), "#!/bin/sh\necho \"java $* in $(pwd -P)\"\n");
    }

    private void maven() throws IOException {
        script(
                home.resolve("maven/bin/mvn"),
                "#!/bin/sh\nmkdir -p target/quarkus-app\necho built >target/quarkus-app/quarkus-run.jar\n");
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Outcome run(String... arguments) throws IOException, InterruptedException {
        return runFile(checkout.resolve("covibe"), Map.of(), arguments);
    }

    private Outcome runFile(Path file, Map<String, String> more, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(directory, "out", "");
        Path err = Files.createTempFile(directory, "err", "");
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        process.environment().clear();
        process.environment().put("PATH", "/usr/bin:/bin");
        process.environment().put("HOME", home.toString());
        process.environment().put("MAVEN_HOME", home.resolve("maven").toString());
        process.environment().putAll(more);
        int exitCode = process.start().waitFor();
        return new Outcome(
                exitCode, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }
}
