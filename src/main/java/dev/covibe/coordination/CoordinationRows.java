package dev.covibe.coordination;

import dev.covibe.tenancy.Erasable;
import jakarta.inject.Singleton;
import java.util.Set;

/** Goes when a company starts over: claims, messages, blockers, decisions, and what machines told of repositories; which repositories are private stays. */
@Singleton
class CoordinationRows implements Erasable {

    @Override
    public Set<String> tables() {
        return Set.of(
                "claims",
                "messages",
                "message_addresses",
                "message_deliveries",
                "blockers",
                "decisions",
                "decision_tasks",
                "graph_repositories",
                "graph_commits",
                "graph_worktrees");
    }
}
