package dev.covibe.identity;

import dev.covibe.identity.oidc.AccessTokens;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;
import java.util.Optional;
import java.util.UUID;

/** What a request proves itself with. The secret is held for the length of the check only. */
abstract class Credentials extends BaseAuthenticationRequest {

    private final String secret;

    private Credentials(String secret) {
        this.secret = secret;
    }

    String secret() {
        return secret;
    }

    /** An agent's MCP token. */
    static final class OfToken extends Credentials {
        OfToken(String text) {
            super(text);
        }
    }

    /** A browser's session cookie. */
    static final class OfBrowser extends Credentials {
        private final Optional<UUID> tenant;

        /** @param tenant the tenant that the browser asks for (local mode) */
        OfBrowser(String cookie, Optional<UUID> tenant) {
            super(cookie);
            this.tenant = tenant;
        }

        Optional<UUID> tenant() {
            return tenant;
        }
    }

    /** An access token that was checked already, of an agent that its person let in through the provider (IDN-9). */
    static final class OfProvider extends BaseAuthenticationRequest {
        private final AccessTokens.Bearer bearer;

        OfProvider(AccessTokens.Bearer bearer) {
            this.bearer = bearer;
        }

        AccessTokens.Bearer bearer() {
            return bearer;
        }
    }
}
