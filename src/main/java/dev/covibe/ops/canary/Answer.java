package dev.covibe.ops.canary;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.covibe.ops.Failure;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/**
 * What the server answered.
 *
 * @param endpoint what was asked, such as {@code GET /api/health}
 */
record Answer(String endpoint, int status, HttpHeaders headers, byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** @throws Failure when the body is not a JSON object */
    JsonNode json() {
        try {
            JsonNode node = JSON.readTree(body);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (IOException unreadable) {
            throw notJson();
        }
        throw notJson();
    }

    private Failure notJson() {
        return Failure.of(endpoint + " answers " + status + " with something that is not a JSON object ("
                + header("Content-Type") + "): is another program, or a proxy's error page, in front of the server?");
    }

    /** Whether the body is a JSON object, for answers that need not be one. */
    boolean isJson() {
        try {
            JsonNode node = JSON.readTree(body);
            return node != null && node.isObject();
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** @throws Failure when the status is another one */
    Answer mustBe(int wanted, String otherwise) {
        if (status != wanted) {
            throw Failure.of(endpoint + " answers " + status + " instead of " + wanted + ": " + otherwise);
        }
        return this;
    }
}
