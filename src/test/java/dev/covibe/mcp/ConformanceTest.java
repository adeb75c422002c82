package dev.covibe.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.covibe.testsupport.Fixtures;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The scenarios of the official conformance suite that call tools, resources and prompts of its own (MCP-7), against a
 * server that has them. {@code src/test/mcp} runs the others against the product as it is shipped.
 */
@QuarkusTest
@TestProfile(ConformanceTest.WithFixtures.class)
class ConformanceTest {

    private static final Path SUITE = Path.of("src", "test", "mcp");

    public static class WithFixtures implements QuarkusTestProfile {
        @Override
        public String getConfigProfile() {
            return "test,conformance";
        }
    }

    @Inject
    Fixtures fixtures;

    @TestHTTPResource("/")
    URI origin;

    @Test
    void the_scenarios_that_want_fixtures_pass() throws IOException, InterruptedException {
        assumeTrue(
                Files.exists(SUITE.resolve("node_modules/.package-lock.json")),
                "The suite is not there: npm ci in " + SUITE + "; ./covibe test does it by itself.");
        Process suite = new ProcessBuilder(
                        "node", "fixtures.js", origin.resolve("/").toString().replaceFirst("/$", ""))
                .directory(SUITE.toFile())
                .redirectErrorStream(true)
                .start();
        try (var in = suite.outputWriter(StandardCharsets.UTF_8)) {
            in.write(fixtures.workspace().token());
        }
        String said = new String(suite.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(suite.waitFor()).as(said).isZero();
    }
}
