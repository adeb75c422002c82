package dev.covibe.coordination.claims;

import java.util.List;
import java.util.Optional;

/**
 * What somebody wants to hold: paths of a repository, or, without paths, a task.
 *
 * @param repository the remote in any spelling; wanted with paths
 * @param paths globs, relative to the repository's root
 * @param task key of the task that is claimed, or that the paths are claimed for
 * @param minutes how long the claim stands without a sign of life; {@value ClaimRules#USUAL_MINUTES} unless told
 * @param override why the claims in the way are overridden; empty: they are respected
 */
public record ClaimRequest(
        Optional<String> repository,
        List<String> paths,
        Optional<String> task,
        ClaimMode mode,
        Optional<Integer> minutes,
        Optional<String> reason,
        Optional<String> override) {

    public ClaimRequest {
        paths = List.copyOf(paths);
    }
}
