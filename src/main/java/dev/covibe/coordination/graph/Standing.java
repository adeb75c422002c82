package dev.covibe.coordination.graph;

import dev.covibe.identity.AgentType;
import dev.covibe.work.ItemRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where somebody stands: a worktree, whose it is, which agents work in it and on what.
 *
 * @param developer handle of the owner
 * @param branch empty for a detached head
 * @param agents the open sessions that belong to it, the last seen first
 * @param task what is worked on: the task of a session, else the open task that names the branch
 */
public record Standing(
        UUID id,
        String developer,
        String machine,
        String worktree,
        Optional<String> branch,
        String head,
        Optional<Integer> ahead,
        Optional<Integer> behind,
        Changes changes,
        Optional<String> operation,
        Instant seenAt,
        List<Agent> agents,
        Optional<ItemRef> task) {

    /** How many files are not committed. */
    public record Changes(int staged, int modified, int untracked, int conflicted) {

        public boolean none() {
            return staged + modified + untracked + conflicted == 0;
        }
    }

    /** An agent at work there. */
    public record Agent(UUID session, AgentType type, boolean active, Instant lastSeenAt) {}

    /** Whether something is going on that no commit holds yet. */
    public boolean isUncommitted() {
        return !changes.none() || operation.isPresent();
    }
}
