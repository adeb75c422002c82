package dev.covibe.coordination.graph;

import java.time.Instant;
import java.util.UUID;

/**
 * A repository that is shared in the workspace.
 *
 * @param identity the normalised remote, or {@code root:} and the first commit
 * @param worktrees how many people and agents have of it, all machines together
 * @param seenAt when a machine last told of it
 */
public record RepositoryRef(UUID id, String identity, String name, int worktrees, Instant seenAt) {

    public boolean isWithoutRemote() {
        return RepositoryKey.isRoot(identity);
    }
}
