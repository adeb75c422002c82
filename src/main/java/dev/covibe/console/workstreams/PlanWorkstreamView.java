package dev.covibe.console.workstreams;

import dev.covibe.console.frame.Choice;
import java.util.List;
import java.util.Map;

/**
 * The form that plans a workstream, or edits one. Text fields hold what was typed before.
 *
 * @param key the workstream's key when an existing one is edited, empty for a new one
 * @param target the target date as yyyy-mm-dd, empty if none
 * @param errors message by field name; "form" for what belongs to no field
 */
public record PlanWorkstreamView(
        String key,
        String name,
        String goal,
        List<Choice> owners,
        String target,
        Map<String, String> errors,
        CandidatesView candidates) {

    public boolean edits() {
        return !key.isEmpty();
    }

    /** The message beside one field, empty if the field is in order. */
    public String error(String field) {
        return errors.getOrDefault(field, "");
    }
}
