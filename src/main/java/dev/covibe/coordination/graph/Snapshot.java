package dev.covibe.coordination.graph;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * What a machine reports of one repository, as it is sent (GRF-1). Fields that are not named here are dropped unread:
 * a newer companion may say more than this server wants to know.
 *
 * @param machine what the developer calls the computer
 * @param worktrees all worktrees of the repository on this machine; the ones left out are gone
 * @param commits any part of the history that the server asked for, newest first
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record Snapshot(String machine, Repository repository, List<Worktree> worktrees, List<Commit> commits) {

    /**
     * @param name basename of the main worktree; only shown for a repository without a remote
     * @param remote in any spelling
     * @param root the first commit, for a repository without a remote
     * @param key SHA-256 of the identity in hex, in place of remote and root where those shall not be said
     * @param hidden {@code private}: the developer keeps the repository to themself on this machine
     */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Repository(
            Optional<String> name,
            Optional<String> remote,
            Optional<String> root,
            Optional<String> key,
            @JsonProperty("private") boolean hidden) {}

    /**
     * @param name basename of its folder
     * @param branch empty for a detached head
     * @param ahead commits that its upstream does not have; empty without an upstream
     * @param operation what git is in the middle of: {@code merge}, {@code rebase}, {@code cherry-pick}, {@code revert},
     *     {@code bisect}, {@code am}
     */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Worktree(
            String name,
            Optional<String> branch,
            String head,
            Optional<Integer> ahead,
            Optional<Integer> behind,
            int staged,
            int modified,
            int untracked,
            int conflicted,
            Optional<String> operation) {}

    /**
     * @param author the name alone, no address
     * @param at when it was committed
     * @param subject first line of the message
     */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Commit(String sha, List<String> parents, String author, OffsetDateTime at, String subject) {}
}
