package dev.covibe.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.covibe.platform.crypto.Secrets;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.Addresses;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Stops whoever tries tokens from one address (PLT-9), and nobody else there. Different bad tokens count, over all
 * instances: an agent that keeps sending its one revoked token guesses nothing. From an address that guessed too often a
 * token is not looked up at all, unless it was good here within the last day: colleagues behind the same address go on.
 */
@ApplicationScoped
class TokenGuesses {

    private static final int MOST = 100_000;

    private final Attempts attempts;
    private final Tokens tokens;
    private final Secrets secrets;
    private final Clock clock;
    private final Cache<String, Instant> stopped = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Duration.ofHours(1))
            .build();
    private final Cache<String, Boolean> counted = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Duration.ofHours(1))
            .build();
    private final Cache<String, Boolean> proven = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Duration.ofDays(1))
            .build();

    TokenGuesses(Attempts attempts, Tokens tokens, Secrets secrets, Clock clock) {
        this.attempts = attempts;
        this.tokens = tokens;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Whose token this is; empty when it is nobody's.
     *
     * @throws Refusal.TooMany {@code attempts.too-many}
     */
    Optional<Caller> callerOf(String token, String address) {
        String key = HexFormat.of().formatHex(secrets.hash(token));
        String network = Addresses.network(address);
        if (proven.getIfPresent(key) == null) {
            requireNotStopped(network);
        }
        Optional<Caller> caller = tokens.callerOf(token);
        if (caller.isPresent()) {
            proven.put(key, true);
        } else {
            proven.invalidate(key);
            count(network, key);
        }
        return caller;
    }

    private void requireNotStopped(String network) {
        Instant until = stopped.getIfPresent(network);
        if (until == null) {
            return;
        }
        long seconds = Duration.between(clock.instant(), until).toSeconds();
        if (seconds <= 0) {
            stopped.invalidate(network);
            return;
        }
        throw Refusal.tooMany(
                "attempts.too-many",
                "Too many wrong tokens came from this address. Wait " + seconds
                        + " s, and make sure that the token is whole.",
                (int) seconds);
    }

    private void count(String network, String key) {
        if (counted.asMap().putIfAbsent(network + " " + key, true) != null) {
            return;
        }
        try {
            attempts.count(Attempts.Kind.BAD_TOKEN, network);
        } catch (Refusal.TooMany tooMany) {
            // Remembered, so that a flood costs the database nothing.
            stopped.put(network, clock.instant().plusSeconds(tooMany.retryAfterSeconds()));
            throw tooMany;
        }
    }
}
