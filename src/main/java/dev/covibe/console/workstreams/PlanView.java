package dev.covibe.console.workstreams;

import dev.covibe.console.frame.Choice;
import java.util.List;
import java.util.Map;

/**
 * The form that plans a task, or edits one. Text fields hold what was typed before; lists are one entry a line.
 *
 * @param key the task's key when an existing task is edited, empty for a new one
 * @param open whether the less common fields stand open, because one of them is filled or wrong
 * @param errors message by field name; "form" for what belongs to no field
 */
public record PlanView(
        String key,
        String title,
        String description,
        List<Choice> projects,
        List<Choice> statuses,
        List<Choice> priorities,
        List<Choice> owners,
        List<Choice> streams,
        String labels,
        String paths,
        String references,
        String dependencies,
        String repository,
        String branch,
        String estimate,
        boolean open,
        Map<String, String> errors,
        CandidatesView candidates) {

    /** The message beside one field, empty if the field is in order. */
    public String error(String field) {
        return errors.getOrDefault(field, "");
    }

    public boolean edits() {
        return !key.isEmpty();
    }
}
