package dev.covibe.console.coordination;

import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;

/**
 * A claim as the monitor shows it.
 *
 * @param target the path, or the task's key
 * @param repository empty where a task is claimed
 * @param key of what the holder works on, empty if nothing
 * @param overriddenBy "@ada", empty where nobody did
 * @param override why it overrode another claim, empty if it did not
 * @param releasable whether the reader may release it
 */
public record ClaimItem(
        String id,
        String target,
        String repository,
        Who holder,
        String key,
        String title,
        boolean shared,
        String reason,
        When expires,
        String left,
        String overriddenBy,
        String override,
        boolean releasable) {

    public boolean collides() {
        return !overriddenBy.isEmpty() || !override.isEmpty();
    }
}
