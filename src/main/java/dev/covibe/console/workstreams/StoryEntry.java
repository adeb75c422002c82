package dev.covibe.console.workstreams;

import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;
import java.util.List;

/**
 * One thing that happened, as a sentence (WRK-6).
 *
 * @param id the event's id
 * @param verb what was done, continuing the actor's name: "moved it to In review"
 * @param changes before and after, where the sentence does not say it already
 * @param text a note or a summary as safe HTML, empty if there is none
 */
public record StoryEntry(String id, Who actor, String verb, List<Change> changes, String text, When at) {

    /** One field's change; {@code before} or {@code after} is empty where there was nothing. */
    public record Change(String field, String before, String after) {}
}
