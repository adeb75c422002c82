package dev.covibe.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkiverse.mcp.server.AudioContent;
import io.quarkiverse.mcp.server.BlobResourceContents;
import io.quarkiverse.mcp.server.CompletionResponse;
import io.quarkiverse.mcp.server.Content;
import io.quarkiverse.mcp.server.EmbeddedResource;
import io.quarkiverse.mcp.server.Icon;
import io.quarkiverse.mcp.server.ImageContent;
import io.quarkiverse.mcp.server.Implementation;
import io.quarkiverse.mcp.server.PromptMessage;
import io.quarkiverse.mcp.server.PromptResponse;
import io.quarkiverse.mcp.server.ResourceLink;
import io.quarkiverse.mcp.server.ResourceResponse;
import io.quarkiverse.mcp.server.TextContent;
import io.quarkiverse.mcp.server.TextResourceContents;
import io.quarkiverse.mcp.server.ToolResponse;
import io.quarkus.jackson.ObjectMapperCustomizer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.util.List;

/** The protocol's own names are camel case ({@code isError}), while everything of ours is snake case. */
@Singleton
class McpJson implements ObjectMapperCustomizer {

    private static final List<Class<?>> OF_THE_PROTOCOL = List.of(
            ToolResponse.class,
            PromptResponse.class,
            PromptMessage.class,
            ResourceResponse.class,
            CompletionResponse.class,
            TextResourceContents.class,
            BlobResourceContents.class,
            TextContent.class,
            ImageContent.class,
            AudioContent.class,
            EmbeddedResource.class,
            ResourceLink.class,
            Content.Annotations.class,
            Icon.class,
            Implementation.class);

    /** After the protocol library's own, whose rule about nulls is repeated here. */
    @Override
    public int priority() {
        return MINIMUM_PRIORITY;
    }

    @Override
    public void customize(ObjectMapper mapper) {
        OF_THE_PROTOCOL.forEach(type -> mapper.addMixIn(type, AsTheProtocolSays.class));
    }

    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonNaming(PropertyNamingStrategies.LowerCamelCaseStrategy.class)
    abstract static class AsTheProtocolSays {}
}
