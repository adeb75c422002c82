package dev.covibe.platform.problem;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * One thing wrong with one field of a request.
 *
 * @param pointer JSON pointer into the body ({@code /title}), or the name of a query parameter or tool argument
 * @param message one sentence that says what is wanted
 */
@RegisterForReflection
public record FieldError(String pointer, String message) {}
