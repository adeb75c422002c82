package dev.covibe.console.frame;

import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import java.util.HashMap;
import java.util.Map;

/** Puts what a refusal says about fields beside the fields of a form. */
public final class FormErrors {

    /** The key for what belongs to no field. */
    public static final String FORM = "form";

    private FormErrors() {}

    /** @param names the form's name of a field where it differs from the pointer's */
    public static Map<String, String> of(Refusal refusal, Map<String, String> names) {
        Map<String, String> errors = new HashMap<>();
        if (refusal instanceof Refusal.Invalid invalid) {
            for (FieldError error : invalid.errors()) {
                String field = error.pointer().replaceFirst("^/", "").replaceFirst("/.*$", "");
                errors.putIfAbsent(names.getOrDefault(field, field), sentence(error.message()));
            }
        }
        if (errors.isEmpty()) {
            errors.put(FORM, refusal.getMessage());
        }
        return errors;
    }

    /** Rules speak in fragments ("1 to 300 characters"), refusals in sentences. */
    private static String sentence(String message) {
        return message.endsWith(".") ? message : "This wants " + message + ".";
    }
}
