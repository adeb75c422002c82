package dev.covibe.console.frame;

import java.util.Map;

/**
 * What a form shows besides its labels: what was typed before, and what was wrong with it.
 *
 * @param errors message by field name
 * @param typed text by the same names
 */
public record Filled(Map<String, String> errors, Map<String, String> typed) {

    /** A form that nobody has touched. */
    public static final Filled BLANK = new Filled(Map.of(), Map.of());

    public static Filled with(Map<String, String> typed) {
        return new Filled(Map.of(), typed);
    }

    /** The message beside one field, empty if the field is in order. */
    public String error(String field) {
        return errors.getOrDefault(field, "");
    }

    /** What was typed into one field before, empty at first. */
    public String typed(String field) {
        return typed.getOrDefault(field, "");
    }
}
