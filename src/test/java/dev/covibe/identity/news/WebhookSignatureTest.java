package dev.covibe.identity.news;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Against what WorkOS' own emulator (npm workos 0.14.0) once sent, byte for byte. */
class WebhookSignatureTest {

    private static final String SECRET = "e9e0fa7e83591cf2526e5f68aebc5bd7692c684910d5edfd8f6e2f31f9b0ee65";
    private static final String HEADER =
            "t=1795281213,v1=34ab47ea9932bd07111a3b88b19a5211bead4c5124558bf0f62abd7dd7842e79";
    private static final Instant SENT = Instant.ofEpochSecond(1795281213L);

    private static byte[] body() throws IOException {
        try (InputStream stream = WebhookSignatureTest.class.getResourceAsStream("/workos/user-updated.json")) {
            return stream.readAllBytes();
        }
    }

    private static boolean holds(String header, byte[] body, Instant now) {
        return WebhookSignature.holds(Optional.of(header), body, SECRET, now);
    }

    @Test
    void what_the_emulator_signed_holds_for_three_minutes() throws IOException {
        assertThat(holds(HEADER, body(), SENT.plusSeconds(1))).isTrue();
        assertThat(holds(HEADER, body(), SENT.plusSeconds(180))).isTrue();
        assertThat(holds(HEADER, body(), SENT.plusSeconds(181))).isFalse();
        assertThat(holds(HEADER, body(), SENT.minusSeconds(181))).isFalse();
    }

    @Test
    void another_byte_another_time_or_no_signature_does_not() throws IOException {
        byte[] forged = body();
        forged[40]++;
        assertThat(holds(HEADER, forged, SENT)).isFalse();
        assertThat(holds(HEADER.replace("t=1", "t=2"), body(), SENT)).isFalse();
        assertThat(holds("", body(), SENT)).isFalse();
        assertThat(WebhookSignature.holds(Optional.empty(), body(), SECRET, SENT))
                .isFalse();
    }
}
