package dev.covibe.mcp;

import dev.covibe.identity.Caller;
import io.quarkus.cache.Cache;
import io.quarkus.cache.CacheName;
import io.quarkus.cache.CaffeineCache;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Which clients gave a sign of life that was noted within the last half minute. Sessions are seen to the minute only, so
 * a tool that reads need not look for its session more often than that.
 */
@ApplicationScoped
class LifeSigns {

    private final CaffeineCache noted;

    LifeSigns(@CacheName("life-signs") Cache noted) {
        this.noted = noted.as(CaffeineCache.class);
    }

    private record Client(UUID token, String mcpSession) {}

    /** Whether it is time to look for the client's session again. */
    boolean isDue(Caller caller, Optional<String> mcpSession) {
        return client(caller, mcpSession)
                .map(client -> noted.getIfPresent(client) == null)
                .orElse(true);
    }

    void noted(Caller caller, Optional<String> mcpSession) {
        client(caller, mcpSession)
                .ifPresent(client -> noted.put(client, CompletableFuture.completedFuture(Boolean.TRUE)));
    }

    private static Optional<Client> client(Caller caller, Optional<String> mcpSession) {
        return caller.token().map(token -> new Client(token.id(), mcpSession.orElse("")));
    }
}
