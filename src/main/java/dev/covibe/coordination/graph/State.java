package dev.covibe.coordination.graph;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.covibe.agents.SessionView;
import dev.covibe.identity.AgentType;
import dev.covibe.work.ItemRef;
import dev.covibe.work.TaskStatus;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The whole workspace in one bounded answer, for dashboards.
 *
 * @param localGraphs one tree for each repository, and one entry for each that a teammate keeps private
 */
@RegisterForReflection
public record State(
        Instant at,
        Tasks tasks,
        Sessions sessions,
        @JsonProperty("localGraphs") List<LocalGraph> localGraphs) {

    /** @param byStatus only the statuses in which there are tasks */
    @RegisterForReflection
    public record Tasks(Map<TaskStatus, Long> byStatus, long ready, long blocked) {}

    /** @param open the last seen first, at most {@link StateQueries#MOST_SESSIONS} */
    @RegisterForReflection
    public record Sessions(int active, int idle, List<Session> open) {}

    /** @param repository {@code @private} where the owner keeps it so; absent while only the session's telemetry was seen */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Session(
            UUID id,
            String developer,
            AgentType agent,
            Optional<String> repository,
            Optional<String> branch,
            Optional<ItemRef> task,
            String state,
            Instant lastSeenAt) {}

    /**
     * @param repository the identity, or {@code @private} and nothing else
     * @param page where the console draws it
     * @param commitCount how many commits reach a head
     * @param uncommitted heads with work that no commit holds yet
     * @param committed heads without
     * @param commits the newest, at most {@link StateQueries#MOST_COMMITS}
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record LocalGraph(
            String repository,
            Optional<String> name,
            Optional<String> page,
            Optional<Integer> commitCount,
            Optional<Instant> seenAt,
            List<Head> uncommitted,
            List<Head> committed,
            List<CommitText> commits) {

        static LocalGraph ofPrivate() {
            return new LocalGraph(
                    SessionView.PRIVATE,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of());
        }
    }

    /** Who stands where. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Head(
            String developer,
            String machine,
            List<AgentType> agents,
            String worktree,
            Optional<String> branch,
            String head,
            Optional<Integer> ahead,
            Optional<Integer> behind,
            int staged,
            int modified,
            int untracked,
            int conflicted,
            Optional<String> operation,
            Optional<ItemRef> task,
            Instant seenAt) {

        static Head of(Standing standing) {
            return new Head(
                    standing.developer(),
                    standing.machine(),
                    standing.agents().stream().map(Standing.Agent::type).toList(),
                    standing.worktree(),
                    standing.branch(),
                    standing.head(),
                    standing.ahead(),
                    standing.behind(),
                    standing.changes().staged(),
                    standing.changes().modified(),
                    standing.changes().untracked(),
                    standing.changes().conflicted(),
                    standing.operation(),
                    standing.task(),
                    standing.seenAt());
        }
    }
}
