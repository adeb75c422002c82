package dev.covibe.coordination.claims;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a claim is on.
 *
 * @param repository normalised; present exactly when there are paths
 * @param task that the paths are for; claimed itself when there are none
 */
record Ground(Optional<String> repository, List<String> paths, Optional<UUID> task) {

    boolean isTask() {
        return paths.isEmpty();
    }

    /** Each thing that becomes one claim. */
    List<String> targets() {
        return isTask() ? List.of(task.orElseThrow().toString()) : paths;
    }

    /** Claims with the same scope are decided one after the other. */
    String scope() {
        return isTask() ? task.orElseThrow().toString() : repository.orElseThrow();
    }
}
