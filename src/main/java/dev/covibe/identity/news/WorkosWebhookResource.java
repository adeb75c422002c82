package dev.covibe.identity.news;

import dev.covibe.platform.problem.Refusal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where WorkOS tells what changed there (IDN-12). Whoever calls proves to be WorkOS by the signature alone. */
@Path("/api/webhooks/workos")
@Tag(name = "Administration")
@RunOnVirtualThread
public class WorkosWebhookResource {

    private final WorkosNews news;
    private final Optional<String> secret;
    private final Clock clock;

    WorkosWebhookResource(
            WorkosNews news, @ConfigProperty(name = "workos.webhook-secret") Optional<String> secret, Clock clock) {
        this.news = news;
        this.secret = secret;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "Hear what changed at WorkOS",
            description =
                    "Signed with `WORKOS_WEBHOOK_SECRET`; without it this address does not exist. Events may arrive"
                            + " twice and in any order. Unknown ones are taken and passed over.")
    @APIResponse(responseCode = "200", description = "Heard")
    @APIResponse(responseCode = "403", description = "`webhook.signature`: not signed by WorkOS, or too long ago")
    @APIResponse(responseCode = "404", description = "No secret is configured")
    public Response hear(@HeaderParam("WorkOS-Signature") Optional<String> signature, byte[] body) {
        String key = secret.filter(text -> !text.isBlank())
                .orElseThrow(() -> Refusal.notFound("request.no-such-page", "There is nothing at this address."));
        if (body == null || !WebhookSignature.holds(signature, body, key, clock.instant())) {
            throw Refusal.forbidden("webhook.signature", "This was not signed by WorkOS, or was signed too long ago.");
        }
        news.apply(read(body));
        return Response.ok().build();
    }

    private static JsonObject read(byte[] body) {
        try {
            return new JsonObject(new String(body, StandardCharsets.UTF_8));
        } catch (DecodeException unreadable) {
            throw Refusal.invalid("request.malformed", "The body is not valid JSON.");
        }
    }
}
