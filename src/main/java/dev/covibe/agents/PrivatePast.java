package dev.covibe.agents;

import dev.covibe.identity.Caller;
import dev.covibe.platform.git.RepositoryIdentity;
import dev.covibe.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Takes the name of a repository out of the sessions that were logged in it, for a developer who keeps it to themself from
 * now on (CMP-7). That there was a session, what it used and what it cost stays: the team's totals were shown already.
 */
@ApplicationScoped
public class PrivatePast {

    private final Sql sql;

    PrivatePast(Sql sql) {
        this.sql = sql;
    }

    /**
     * Erases repository, branch and worktree of the caller's own sessions there. Runs in the caller's transaction.
     *
     * @param hash SHA-256 of the repository's identity, in hex
     * @return of how many sessions
     */
    public int erase(Caller caller, String hash) {
        List<String> names =
                sql.list("""
                        select distinct repository from agent_sessions
                         where workspace_id = ? and developer_id = ? and repository is not null
                        """, row -> row.text("repository"), caller.workspaceId(), caller.developerId()).stream()
                        .filter(identity -> RepositoryIdentity.hash(identity).equals(hash))
                        .toList();
        return names.stream()
                .mapToInt(identity -> sql.update("""
                        update agent_sessions set repository = null, branch = null, worktree = null
                         where workspace_id = ? and developer_id = ? and repository = ?
                        """, caller.workspaceId(), caller.developerId(), identity))
                .sum();
    }
}
