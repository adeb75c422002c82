package dev.covibe.identity.oidc;

import io.quarkus.arc.Unremovable;
import io.quarkus.oidc.common.OidcEndpoint;
import io.quarkus.oidc.common.OidcEndpoint.Type;
import io.quarkus.oidc.common.OidcResponseFilter;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * WorkOS answers a code with an access token that says who signed in, and with no id token. The library wants one, so it
 * is shown the access token in its place; a provider that gives an id token is left alone.
 */
@Unremovable // asked for by its type only, and only at run time
@ApplicationScoped
@OidcEndpoint(Type.TOKEN)
class AccessTokenAsIdToken implements OidcResponseFilter {

    private final boolean workos;

    AccessTokenAsIdToken(Providers providers) {
        this.workos = providers.provider() instanceof Provider.Workos;
    }

    @Override
    public Uni<Void> filter(OidcResponseFilterContext answer) {
        if (workos && answer.statusCode() == 200) {
            mend(answer);
        }
        return Uni.createFrom().voidItem();
    }

    private static void mend(OidcResponseFilterContext answer) {
        try {
            JsonObject body = new JsonObject(answer.responseBody().toString());
            if (body.containsKey("access_token") && !body.containsKey("id_token")) {
                answer.responseBody(Buffer.buffer(
                        body.put("id_token", body.getString("access_token")).encode()));
            }
        } catch (DecodeException unreadable) {
            // The library refuses what it cannot read, in its own words.
        }
    }
}
