package dev.covibe.identity.news;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Whether WorkOS said it, and just now: {@code WorkOS-Signature: t=…, v1=…}, the HMAC-SHA-256 of time, dot and body in
 * hexadecimal. WorkOS sends milliseconds, its emulator seconds.
 */
final class WebhookSignature {

    static final Duration OLDEST = Duration.ofSeconds(180);

    private static final Pattern FORM = Pattern.compile("^\\s*t=(\\d{9,14})\\s*,\\s*v1=([0-9a-fA-F]{64})\\s*$");

    /** Seconds since 1970 stay below this for three thousand years, milliseconds have been above since 1973. */
    private static final long FIRST_MILLIS = 100_000_000_000L;

    private WebhookSignature() {}

    /** @param header as it was sent; absent is no signature */
    static boolean holds(Optional<String> header, byte[] body, String secret, Instant now) {
        Matcher parts = FORM.matcher(header.orElse(""));
        if (!parts.matches()) {
            return false;
        }
        long said = Long.parseLong(parts.group(1));
        Instant at = said >= FIRST_MILLIS ? Instant.ofEpochMilli(said) : Instant.ofEpochSecond(said);
        boolean fresh = Duration.between(at, now).abs().compareTo(OLDEST) <= 0;
        byte[] sent = HexFormat.of().parseHex(parts.group(2));
        return MessageDigest.isEqual(sent, sign(parts.group(1), body, secret)) && fresh;
    }

    static byte[] sign(String time, byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has HmacSHA256.", impossible);
        }
    }
}
