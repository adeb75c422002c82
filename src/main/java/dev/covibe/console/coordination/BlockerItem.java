package dev.covibe.console.coordination;

import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;

/**
 * A blocker as pages show it.
 *
 * @param text what is wanted, as safe HTML
 * @param needs "@lin", empty where anybody may answer
 * @param mine whether it needs the reader
 * @param answer as safe HTML, empty while it is open
 * @param typed what was typed as an answer before
 */
public record BlockerItem(
        String id,
        String key,
        String title,
        String kind,
        String text,
        Who raisedBy,
        When raised,
        String needs,
        boolean mine,
        String answer,
        Who answeredBy,
        When answered,
        String typed) {

    public boolean open() {
        return answer.isEmpty();
    }
}
