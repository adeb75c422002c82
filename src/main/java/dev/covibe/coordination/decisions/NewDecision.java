package dev.covibe.coordination.decisions;

import java.util.List;
import java.util.Optional;

/**
 * A question, with or without its decision.
 *
 * @param question 1 to 2,000 characters
 * @param options at most 20, of 1 to 300 characters
 * @param tasks keys of the tasks that it is about, at most 20
 * @param needs handle of who should decide; empty: anybody
 * @param choice what is decided; empty: a decision is wanted
 * @param reason why
 */
public record NewDecision(
        String question,
        List<String> options,
        List<String> tasks,
        Optional<String> needs,
        Optional<String> choice,
        Optional<String> reason) {

    public NewDecision {
        options = List.copyOf(options);
        tasks = List.copyOf(tasks);
    }
}
