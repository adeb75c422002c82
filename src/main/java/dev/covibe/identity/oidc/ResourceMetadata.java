package dev.covibe.identity.oidc;

import dev.covibe.platform.problem.Refusal;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Tells MCP clients who gives tokens for the MCP endpoint (RFC 9728). */
@Path(ResourceMetadata.PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Discovery")
public class ResourceMetadata {

    static final String PATH = "/.well-known/oauth-protected-resource";

    private final AccessTokens tokens;

    ResourceMetadata(AccessTokens tokens) {
        this.tokens = tokens;
    }

    /**
     * @param resource the address that tokens are made for
     * @param authorizationServers who makes them
     * @param bearerMethodsSupported how they are sent: in the header only
     * @param resourceName what a client shows its person
     */
    public record Metadata(
            String resource,
            List<String> authorizationServers,
            List<String> bearerMethodsSupported,
            String resourceName) {}

    @GET
    @Operation(
            operationId = "protectedResource",
            summary = "Who gives tokens for the MCP endpoint",
            description = "RFC 9728. 404 where only MCP tokens of this server are taken: in local mode, and in WorkOS"
                    + " mode without an AuthKit domain.")
    public Metadata metadata() {
        return new Metadata(
                tokens.resource()
                        .orElseThrow(() -> Refusal.notFound(
                                "oauth.unavailable",
                                "This server takes its own MCP tokens only, which Settings makes.")),
                tokens.authorizationServer().stream().toList(),
                List.of("header"),
                "Co-Vibe");
    }

    /** Where clients look first: the path of the endpoint follows the well-known one. */
    @GET
    @Path("/api/mcp")
    @Operation(hidden = true)
    public Metadata ofTheEndpoint() {
        return metadata();
    }
}
