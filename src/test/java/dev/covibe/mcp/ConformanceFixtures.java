package dev.covibe.mcp;

import io.quarkiverse.mcp.server.AudioContent;
import io.quarkiverse.mcp.server.BlobResourceContents;
import io.quarkiverse.mcp.server.CompleteArg;
import io.quarkiverse.mcp.server.CompletePrompt;
import io.quarkiverse.mcp.server.EmbeddedResource;
import io.quarkiverse.mcp.server.ImageContent;
import io.quarkiverse.mcp.server.McpLog;
import io.quarkiverse.mcp.server.Progress;
import io.quarkiverse.mcp.server.Prompt;
import io.quarkiverse.mcp.server.PromptArg;
import io.quarkiverse.mcp.server.PromptMessage;
import io.quarkiverse.mcp.server.PromptResponse;
import io.quarkiverse.mcp.server.RequestUri;
import io.quarkiverse.mcp.server.Resource;
import io.quarkiverse.mcp.server.ResourceTemplate;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.TextResourceContents;
import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkus.arc.profile.IfBuildProfile;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The tools, resources and prompts that the official conformance suite calls by name (MCP-7). They exist in one test
 * profile alone; what they exercise is our gate, our authentication and the library behind them.
 */
@Singleton
@IfBuildProfile("conformance")
class ConformanceFixtures {

    /** One red pixel. */
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==";

    /** An empty WAV file. */
    private static final String WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";

    @Tool(name = "test_simple_text", description = "Answers text.")
    ToolResponse simpleText() {
        return ToolResponse.success("This is a simple text response for testing.");
    }

    @Tool(name = "test_image_content", description = "Answers a picture.")
    ToolResponse image() {
        return ToolResponse.success(new ImageContent(PNG, "image/png"));
    }

    @Tool(name = "test_audio_content", description = "Answers a sound.")
    ToolResponse audio() {
        return ToolResponse.success(new AudioContent(WAV, "audio/wav"));
    }

    @Tool(name = "test_embedded_resource", description = "Answers a resource.")
    ToolResponse embedded() {
        return ToolResponse.success(text("test://embedded-resource", "This is an embedded resource content."));
    }

    @Tool(name = "test_multiple_content_types", description = "Answers several kinds of content.")
    ToolResponse mixed() {
        return ToolResponse.success(List.of(
                new TextContent("Multiple content types test:"),
                new ImageContent(PNG, "image/png"),
                new EmbeddedResource(new TextResourceContents(
                        "test://mixed-content-resource", "{\"test\":\"data\",\"value\":123}", "application/json"))));
    }

    @Tool(name = "test_tool_with_logging", description = "Logs while it works.")
    ToolResponse logging(McpLog log) throws InterruptedException {
        for (String step : List.of("Tool execution started", "Tool processing data", "Tool execution completed")) {
            log.info(step);
            Thread.sleep(50);
        }
        return ToolResponse.success("Logged.");
    }

    @Tool(name = "test_tool_with_progress", description = "Tells how far it is.")
    ToolResponse progress(Progress progress) throws InterruptedException {
        for (long done : new long[] {0, 50, 100}) {
            if (progress.token().isPresent()) {
                progress.notificationBuilder()
                        .setProgress(done)
                        .setTotal(100L)
                        .build()
                        .sendAndForget();
            }
            Thread.sleep(50);
        }
        return ToolResponse.success("Done.");
    }

    @Tool(name = "test_error_handling", description = "Fails.")
    ToolResponse failing() {
        return ToolResponse.error("This tool intentionally returns an error for testing");
    }

    @Resource(uri = "test://static-text", description = "Text", mimeType = "text/plain")
    TextResourceContents staticText(RequestUri uri) {
        return new TextResourceContents(uri.value(), "This is the content of the static text resource.", "text/plain");
    }

    @Resource(uri = "test://static-binary", description = "A picture", mimeType = "image/png")
    BlobResourceContents staticBinary(RequestUri uri) {
        return new BlobResourceContents(uri.value(), PNG, "image/png");
    }

    @ResourceTemplate(uriTemplate = "test://template/{id}/data", description = "Data", mimeType = "application/json")
    TextResourceContents template(String id, RequestUri uri) {
        return new TextResourceContents(
                uri.value(),
                "{\"id\":\"" + id + "\",\"templateTest\":true,\"data\":\"Data for ID: " + id + "\"}",
                "application/json");
    }

    @Prompt(name = "test_simple_prompt", description = "A prompt")
    PromptMessage simplePrompt() {
        return PromptMessage.withUserRole("This is a simple prompt for testing.");
    }

    @Prompt(name = "test_prompt_with_arguments", description = "A prompt with arguments")
    PromptMessage promptWithArguments(
            @PromptArg(description = "First") String arg1, @PromptArg(description = "Second") String arg2) {
        return PromptMessage.withUserRole("Prompt with arguments: arg1='" + arg1 + "', arg2='" + arg2 + "'");
    }

    @CompletePrompt("test_prompt_with_arguments")
    List<String> completeFirst(@CompleteArg(name = "arg1") String begun) {
        return List.of("paris", "park", "party").stream()
                .filter(word -> word.startsWith(begun))
                .toList();
    }

    @Prompt(name = "test_prompt_with_embedded_resource", description = "A prompt with a resource")
    PromptResponse promptWithResource(@PromptArg(description = "Which") String resourceUri) {
        return PromptResponse.withMessages(
                PromptMessage.withUserRole(text(resourceUri, "Embedded resource content for testing.")),
                PromptMessage.withUserRole("Please process the embedded resource above."));
    }

    @Prompt(name = "test_prompt_with_image", description = "A prompt with a picture")
    PromptResponse promptWithImage() {
        return PromptResponse.withMessages(
                PromptMessage.withUserRole(new ImageContent(PNG, "image/png")),
                PromptMessage.withUserRole("Please analyze the image above."));
    }

    private static EmbeddedResource text(String uri, String text) {
        return new EmbeddedResource(new TextResourceContents(uri, text, "text/plain"));
    }
}
