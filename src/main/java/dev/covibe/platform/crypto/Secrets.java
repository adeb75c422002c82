package dev.covibe.platform.crypto;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Random secrets, and the keyed hashes under which they are kept. The key is {@code COVIBE_SECRET}, the same on every instance. */
@ApplicationScoped
public class Secrets {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] key;

    Secrets(@ConfigProperty(name = "covibe.secret") String secret) {
        if (secret.length() < 32) {
            throw new IllegalStateException("COVIBE_SECRET must have at least 32 characters.");
        }
        this.key = secret.getBytes(StandardCharsets.UTF_8);
    }

    /** HMAC-SHA-256 of a secret: what the database keeps in its place. */
    public byte[] hash(String secret) {
        return KeyedHash.of(key, "secret", secret);
    }

    /** A tag that proves that this server spoke {@code text} for {@code purpose}; URL-safe. */
    public String tag(String purpose, String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(KeyedHash.of(key, purpose, text));
    }

    /** Compares in constant time. */
    public boolean isTag(String purpose, String text, String candidate) {
        return MessageDigest.isEqual(
                tag(purpose, text).getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
    }

    /** 256 random bits, URL-safe. */
    public static String random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
