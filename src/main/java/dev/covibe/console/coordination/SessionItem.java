package dev.covibe.console.coordination;

import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;

/**
 * An agent at work, as the monitor shows it.
 *
 * @param place repository, empty while it is not known
 * @param branch empty while it is not known
 * @param key of its task, empty if it has none
 * @param active whether it gave a sign within five minutes
 */
public record SessionItem(
        String id,
        Who who,
        String place,
        String branch,
        String key,
        String title,
        boolean active,
        String state,
        When seen) {}
