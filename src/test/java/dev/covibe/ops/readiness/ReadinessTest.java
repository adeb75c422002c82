package dev.covibe.ops.readiness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.ops.Environment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The customer's gate with a docker and a launcher that write down how they were called, and fail as they are told to. */
class ReadinessTest {

    @TempDir
    Path directory;

    private final Map<String, String> variables = new HashMap<>(Map.of(
            "WORKOS_CLIENT_ID",
            "client_1",
            "WORKOS_API_KEY",
            "sk_live_of_a_test",
            "WORKOS_AUTHKIT_DOMAIN",
            "https://a.authkit.app"));

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectories(directory.resolve("bin"));
        variables.put("PATH", directory.resolve("bin") + ":/usr/bin:/bin");
        variables.put("CALLS", directory.resolve("calls").toString());
        script("covibe", "echo \"covibe $*\" >>\"$CALLS\"\necho 'Java: passed, 7 tests'\nexit ${TESTS:-0}\n");
        Files.createDirectories(directory.resolve("src/main/docker"));
        Files.writeString(directory.resolve("src/main/docker/Dockerfile.native"), "FROM scratch\n");
        script("bin/docker", """
                echo "docker $*" >>"$CALLS"
                case "$1" in
                    "${BREAKS:-nothing}") echo "it broke" >&2; exit 17 ;;
                    version) echo 28.2.2 ;;
                    port) echo "127.0.0.1:1" ;;
                    run)
                        case "$*" in
                            *" -d "*) echo 0123456789abcdef ;;
                            *migrate*) echo "done" ; exit ${MIGRATE:-0} ;;
                            *) echo "${SAYS:-COVIBE_SECRET is missing, and COVIBE_AUTH too}" ; exit ${SERVES:-1} ;;
                        esac ;;
                esac
                """);
    }

    private void script(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Walked(boolean passed, String out, List<String> calls) {}

    private Walked walk(int steps) throws IOException {
        CustomerRehearsal rehearsal = new CustomerRehearsal(
                new Environment(variables), directory, "src/main/docker/Dockerfile.native", "covibe:readiness", true);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean passed;
        try (PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            passed = new Walk("customer readiness", false, stream)
                    .take(rehearsal.steps().subList(0, steps));
        } finally {
            rehearsal.cleanUp();
        }
        Path calls = directory.resolve("calls");
        return new Walked(
                passed,
                out.toString(StandardCharsets.UTF_8),
                Files.exists(calls) ? Files.readAllLines(calls) : List.of());
    }

    @Test
    void the_image_is_tested_built_once_and_refuses_to_start_without_its_settings() throws IOException {
        Walked walked = walk(6);

        assertThat(walked.out())
                .contains("ok       docker: Docker 28.2.2")
                .contains("ok       tests: Java: passed, 7 tests")
                .contains(
                        "ok       fail-closed container: refuses to start without a secret and a database, and in local")
                .endsWith("PASS customer readiness\n");
        assertThat(walked.calls())
                .filteredOn(call -> call.startsWith("docker build"))
                .hasSize(1);
        assertThat(walked.calls().indexOf("covibe test"))
                .as("the tests come before the image, and Docker is asked before both")
                .isGreaterThan(walked.calls().indexOf("docker version --format {{.Server.Version}}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "BREAKS|version|failure  docker: The Docker daemon does not answer (it broke)|FAIL customer readiness: docker",
                "WORKOS_API_KEY|''|failure  WorkOS settings: WORKOS_API_KEY is missing|FAIL customer readiness: WorkOS settings",
                "TESTS|1|failure  tests: `./covibe test` failed|FAIL customer readiness: tests",
                "BREAKS|build|failure  image: `docker build` ended with 17 (it broke)|FAIL customer readiness: image",
                "SERVES|0|failure  fail-closed container: The container serves without a secret|fail-closed container",
                "SAYS|segfault|ends without a secret and a database without saying what to set (segfault)|fail-closed container",
                "BREAKS|network|failure  WorkOS-mode container: `docker network` ended with 17|WorkOS-mode container",
                "MIGRATE|1|`docker run` ended with 1 (done): read what migrate says above|WorkOS-mode container",
            })
    void the_first_step_that_fails_ends_the_walk_and_says_what_to_do(
            String variable, String value, String sentence, String closing) throws IOException {
        variables.put(variable, value);

        Walked walked = walk(8);

        assertThat(walked.passed()).isFalse();
        assertThat(walked.out()).contains(sentence);
        assertThat(walked.out().lines().toList().getLast())
                .startsWith("FAIL customer readiness")
                .contains(closing);
    }

    @Test
    void without_docker_nothing_long_is_begun() throws IOException {
        Files.delete(directory.resolve("bin/docker"));
        variables.put("PATH", directory.resolve("bin").toString());

        Walked walked = walk(8);

        assertThat(walked.out()).contains("There is no docker on the PATH");
        assertThat(walked.calls()).isEmpty();
    }

    @Test
    void what_was_started_is_taken_away_and_no_secret_is_on_a_command_line() throws IOException {
        variables.put("MIGRATE", "1");

        List<String> calls = walk(8).calls();

        assertThat(calls).anyMatch(call -> call.matches("docker rm -f -v covibe-readiness-\\w+-database"));
        assertThat(calls.getLast()).matches("docker network rm covibe-readiness-\\w+");
        assertThat(calls).noneMatch(call -> call.contains("sk_live") || call.contains("PASSWORD"));
        assertThat(calls).anyMatch(call -> call.contains("--env-file"));
    }

    @Test
    void for_ci_the_walk_is_one_object() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Walk("hosted readiness", true, new PrintStream(out, true, StandardCharsets.UTF_8))
                .take(List.of(new Step("disk", "looks", () -> "fine")));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("\"closing\" : \"PASS hosted readiness\"")
                .contains("\"step\" : \"disk\"");
    }
}
