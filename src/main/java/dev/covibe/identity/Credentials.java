package dev.covibe.identity;

import io.quarkus.security.identity.request.BaseAuthenticationRequest;

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
        OfBrowser(String cookie) {
            super(cookie);
        }
    }
}
