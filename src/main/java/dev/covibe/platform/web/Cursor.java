package dev.covibe.platform.web;

import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.UUID;

/**
 * Where a list goes on: the sort key of the last row shown (keyset pagination, PLT-8). Opaque to callers.
 *
 * @param at time of the last row
 * @param id its key, which decides between equal times
 */
public record Cursor(Instant at, UUID id) {

    /** The text that callers send back. */
    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((at + " " + id).getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads a cursor that this server gave out; refuses anything else with {@code cursor.invalid}. */
    public static Cursor of(String text) {
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split(" ");
            return new Cursor(Instant.parse(parts[0]), UUID.fromString(parts[1]));
        } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException unreadable) {
            throw Refusal.invalid(
                    "cursor.invalid",
                    "This cursor was not given out by this list. Ask again without one to start from the top.",
                    new FieldError("cursor", "not a cursor of this list"));
        }
    }
}
