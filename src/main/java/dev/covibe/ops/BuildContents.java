package dev.covibe.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** What this build brings for its users beside the server: the MCP tools and the companion's package. */
final class BuildContents {

    private BuildContents() {}

    static List<Finding> findings() {
        return List.of(tools(), companion());
    }

    private static Finding tools() {
        int tools = ToolSurface.expected().size();
        return tools > 0
                ? Finding.ok("tools", tools + " MCP tools; the canary holds the server's against them")
                : Finding.failure("tools", "this build says of itself that it has no MCP tool: build it again.");
    }

    private static Finding companion() {
        try (InputStream text = resource("package.json")) {
            if (text == null) {
                return Finding.failure("companion", "this build carries no companion package: build it again.");
            }
            JsonNode description = new ObjectMapper().readTree(text);
            List<String> missing = new ArrayList<>();
            for (JsonNode name : description.path("files")) {
                try (InputStream file = resource(name.asText())) {
                    if (file == null) {
                        missing.add(name.asText());
                    }
                }
            }
            return missing.isEmpty()
                    ? Finding.ok(
                            "companion",
                            description.path("name").asText() + " "
                                    + description.path("version").asText() + ", whole")
                    : Finding.failure(
                            "companion",
                            "the package of this build lacks " + String.join(", ", missing) + ": build it again.");
        } catch (IOException unreadable) {
            return Finding.failure("companion", "the package of this build cannot be read: build it again.");
        }
    }

    private static InputStream resource(String name) {
        return BuildContents.class.getResourceAsStream("/companion/" + name);
    }
}
