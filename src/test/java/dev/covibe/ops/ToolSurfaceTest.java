package dev.covibe.ops;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkiverse.mcp.server.ToolManager;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Run with {@code -Dtools.pin=true} after a tool was added or renamed. */
@QuarkusTest
class ToolSurfaceTest {

    @Inject
    ToolManager tools;

    @Test
    void the_pinned_tools_are_those_that_the_server_offers() throws IOException {
        TreeSet<String> offered = new TreeSet<>();
        tools.forEach(tool -> offered.add(tool.name()));
        if (Boolean.getBoolean("tools.pin")) {
            Files.writeString(
                    Path.of("src/main/resources/mcp-tools.txt"),
                    "# Pinned by ToolSurfaceTest: the MCP tools that the server offers.\n" + String.join("\n", offered)
                            + "\n");
            return;
        }
        assertThat(ToolSurface.expected()).containsExactlyElementsOf(offered);
    }

    @Test
    void health_publishes_their_digest() {
        given().get("/api/health")
                .then()
                .body("mcp.tools", equalTo(ToolSurface.expected().size()))
                .body("mcp.surface", equalTo(ToolSurface.digest(ToolSurface.expected())));
    }
}
