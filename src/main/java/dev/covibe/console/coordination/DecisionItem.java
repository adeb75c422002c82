package dev.covibe.console.coordination;

import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;
import java.util.List;

/**
 * A question as pages show it, decided or not.
 *
 * @param needs "@lin", empty where anybody may decide
 * @param mine whether it needs the reader
 * @param choice empty while it is wanted
 * @param reason as safe HTML, empty if there is none
 */
public record DecisionItem(
        String id,
        String question,
        List<String> options,
        List<String> tasks,
        Who askedBy,
        When asked,
        String needs,
        boolean mine,
        String choice,
        String reason,
        Who decidedBy,
        When decided) {

    public boolean open() {
        return choice.isEmpty();
    }
}
