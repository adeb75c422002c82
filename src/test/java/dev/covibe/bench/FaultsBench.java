package dev.covibe.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * {@code ./covibe bench faults}: what is left after a slow network, one that swallows everything, and a full disk (QLT-8).
 * The scenes are those of {@code src/test/mcp/rough.test.js}, which needs Node; faults that are quick to make are part of
 * every test run.
 */
class FaultsBench {

    @Test
    void measure() throws IOException, InterruptedException {
        Process suite = new ProcessBuilder("node", "--test-reporter=spec", "rough.test.js")
                .directory(Path.of("src/test/mcp").toFile())
                .inheritIO()
                .start();
        assertThat(suite.waitFor()).isZero();
    }
}
