package dev.covibe.site;

import java.util.Map;

/**
 * The first steps: company, workspace and person (IDN-4). Text fields hold what was typed before.
 *
 * @param email as whom the person is signed in
 * @param errors message by field name; "form" for what belongs to no field
 */
public record OnboardingView(
        String company, String workspace, String name, String handle, String email, Map<String, String> errors) {

    /** The message beside one field, empty if the field is in order. */
    public String error(String field) {
        return errors.getOrDefault(field, "");
    }
}
