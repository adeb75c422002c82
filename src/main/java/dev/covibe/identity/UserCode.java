package dev.covibe.identity;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;

/**
 * The short code that a person carries from one screen to another (RFC 8628, 6.1): eight characters that nobody mistakes
 * for one another and that spell no words, shown as {@code BCDF-2346}.
 */
final class UserCode {

    private static final String ALPHABET = "BCDFGHJKMPQRTVWXY2346789";
    private static final int LENGTH = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private UserCode() {}

    static String next() {
        StringBuilder code = new StringBuilder();
        for (int i = 0; i < LENGTH; i++) {
            code.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return code.insert(LENGTH / 2, '-').toString();
    }

    /** The code as it was given out, however it was typed; empty when it cannot be one. */
    static Optional<String> of(String typed) {
        String plain = typed.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
        return plain.length() == LENGTH && plain.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)
                ? Optional.of(plain.substring(0, LENGTH / 2) + "-" + plain.substring(LENGTH / 2))
                : Optional.empty();
    }
}
