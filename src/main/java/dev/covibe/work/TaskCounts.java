package dev.covibe.work;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** How many tasks stand where. */
@RegisterForReflection
public record TaskCounts(int backlog, int planned, int inProgress, int inReview, int done, int cancelled) {

    /** All but the cancelled ones. */
    public int total() {
        return backlog + planned + inProgress + inReview + done;
    }

    /** Share of done among all that were not cancelled, 0 to 100, rounded down. */
    public int progressPercent() {
        return total() == 0 ? 0 : done * 100 / total();
    }
}
