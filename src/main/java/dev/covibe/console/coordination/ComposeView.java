package dev.covibe.console.coordination;

import java.util.Map;

/** The form for a new message, with what was typed and what is wrong with it. */
public record ComposeView(String to, String subject, String text, boolean urgent, Map<String, String> errors) {

    /** What is wrong with a field, empty if nothing. */
    public String error(String field) {
        return errors.getOrDefault(field, "");
    }
}
