package dev.covibe.platform.chores;

import java.time.Duration;

/**
 * A piece of background work (OPS-15). A bean that implements this is found by the schedule inside the server and by
 * {@code covibe maintain}, which see to it that one instance does it at a time, that it is done as often as it says, and
 * that a missed run is caught up. So a chore needs no schedule of its own; it must bear being run too often.
 */
public interface Chore {

    /** Two or three words with hyphens, such as {@code nightly-audits}: the key of its row in maintenance_runs. */
    String name();

    /** How long after a success the next run is due; at least one minute. */
    Duration every();

    /** Does what there is to do, on a virtual thread and outside of any transaction. What it throws counts as a failure. */
    void run();
}
