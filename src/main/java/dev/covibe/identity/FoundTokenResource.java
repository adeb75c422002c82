package dev.covibe.identity;

import dev.covibe.platform.web.Addresses;
import dev.covibe.platform.web.Body;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where secret scanners and finders hand in leaked tokens. Open to everybody, and limited. */
@Path("/api/found-tokens")
@Tag(name = "Tokens")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class FoundTokenResource {

    private final FoundTokens tokens;
    private final Addresses addresses;

    FoundTokenResource(FoundTokens tokens, Addresses addresses) {
        this.tokens = tokens;
        this.addresses = addresses;
    }

    /** @param text the token, with or without what stands around it; at most 100,000 characters */
    @RegisterForReflection
    public record Found(String text) {

        @Override
        public String toString() {
            return "Found[…]";
        }
    }

    @POST
    @Operation(
            summary = "Revoke tokens that leaked",
            description = "Needs no credentials: whoever holds a token may end it. Every `cvb_` token in the text is"
                    + " revoked at once, twenty at most; the company's audit log has a `token.reported` entry. The answer"
                    + " does not say whose they were.")
    @APIResponse(
            responseCode = "200",
            description = "How many worked until now, were dead already, or are not this server's")
    @APIResponse(responseCode = "400", description = "No whole token stands in the text")
    @APIResponse(responseCode = "429", description = "`attempts.too-many`: reported too often from this address")
    public FoundTokens.Report report(Found found, RoutingContext context) {
        return tokens.revoke(Body.wanted(Body.present(found).text(), "/text"), addresses.of(context));
    }
}
