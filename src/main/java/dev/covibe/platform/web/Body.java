package dev.covibe.platform.web;

import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;

/** What every operation with a JSON body wants of it. */
public final class Body {

    private Body() {}

    /** @throws Refusal.Invalid {@code request.malformed} when nothing was sent */
    public static <T> T present(T body) {
        if (body == null) {
            throw Refusal.invalid("request.malformed", "This address wants a JSON body.");
        }
        return body;
    }

    /** @throws Refusal.Invalid {@code request.invalid} when the field was not sent */
    public static <T> T wanted(T value, String pointer) {
        if (value == null) {
            throw Refusal.invalid("request.invalid", pointer + " is wanted.", new FieldError(pointer, "wanted"));
        }
        return value;
    }
}
