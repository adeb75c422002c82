package dev.covibe.console.workstreams;

import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;
import java.util.List;

/**
 * One task in a list or on the board.
 *
 * @param status the status as the product stores it ("in_progress")
 * @param statusWord the same for people ("In progress")
 * @param priority "none", "low", "medium", "high" or "urgent"
 * @param labels the first few labels
 * @param stream the workstream's name, empty if the task belongs to none
 * @param blocked why the task waits ("Blocked by WEB-3"), empty if it does not
 * @param moves the statuses it may change to now, separated by spaces
 * @param version changes whenever anything shown here changes, so that open pages can tell
 */
public record TaskLine(
        String key,
        String title,
        String status,
        String statusWord,
        String priority,
        String priorityWord,
        List<String> labels,
        String stream,
        Who owner,
        String blocked,
        String moves,
        When changed,
        String version) {

    /** Whether anything stands behind the title. */
    public boolean tagged() {
        return !blocked.isEmpty() || !labels.isEmpty();
    }
}
