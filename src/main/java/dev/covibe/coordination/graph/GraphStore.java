package dev.covibe.coordination.graph;

import dev.covibe.identity.Caller;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The rows of the graph. Every method joins the transaction of its caller. */
@ApplicationScoped
class GraphStore {

    private final Sql sql;

    GraphStore(Sql sql) {
        this.sql = sql;
    }

    /**
     * What one developer's machines say of repositories follows one another: a snapshot that is late must not come in
     * beside the call that makes its repository private.
     */
    void oneAtATime(Caller caller) {
        sql.call(
                "select pg_advisory_xact_lock(hashtextextended(?, 0))",
                "covibe.snapshots " + caller.workspaceId() + " " + caller.developerId());
    }

    /** The repository, made if need be, and locked: snapshots of one repository follow one another. */
    UUID repository(Caller caller, RepositoryKey key, Instant now) {
        String identity = key.identity().orElseThrow();
        sql.update(
                """
                insert into graph_repositories (id, workspace_id, identity, name, created_at) values (?, ?, ?, ?, ?)
                on conflict (workspace_id, identity) do nothing
                """,
                Ids.next(),
                caller.workspaceId(),
                identity,
                shortened(key.name().orElse(identity)),
                now);
        return sql.one(
                "select id from graph_repositories where workspace_id = ? and identity = ? for update",
                row -> row.uuid("id"),
                caller.workspaceId(),
                identity);
    }

    private static String shortened(String name) {
        return name.length() <= 120 ? name : name.substring(0, 120);
    }

    record Known(UUID id, String identity) {}

    /** The repositories in which the developer stands, locked. */
    List<Known> ofDeveloper(Caller caller) {
        return sql.list(
                """
                select r.id, r.identity from graph_repositories r
                 where r.workspace_id = ?
                   and exists (select from graph_worktrees w
                                where w.workspace_id = r.workspace_id and w.repository_id = r.id and w.developer_id = ?)
                 order by r.id for update
                """,
                row -> new Known(row.uuid("id"), row.text("identity")),
                caller.workspaceId(),
                caller.developerId());
    }

    /** What of a worktree others see change: not the counts, which change with every save. */
    record Stand(String name, Optional<String> branch, String head, Optional<String> operation, boolean uncommitted) {}

    Set<Stand> stands(Caller caller, UUID repository, String machine) {
        return new HashSet<>(sql.list(
                """
                select name, branch, head, operation, staged + modified + untracked + conflicted > 0 as uncommitted
                  from graph_worktrees
                 where workspace_id = ? and repository_id = ? and developer_id = ? and machine = ?
                """,
                row -> new Stand(
                        row.text("name"),
                        row.optionalText("branch"),
                        row.text("head"),
                        row.optionalText("operation"),
                        row.bool("uncommitted")),
                caller.workspaceId(),
                repository,
                caller.developerId(),
                machine));
    }

    void replaceWorktrees(Caller caller, UUID repository, Report report, Instant now) {
        sql.update(
                """
                delete from graph_worktrees
                 where workspace_id = ? and repository_id = ? and developer_id = ? and machine = ? and name <> all (?)
                """,
                caller.workspaceId(),
                repository,
                caller.developerId(),
                report.machine(),
                report.worktrees().stream().map(Report.Tree::name).toList());
        sql.batch(
                """
                insert into graph_worktrees (id, workspace_id, repository_id, developer_id, machine, name, branch, head,
                                             ahead, behind, staged, modified, untracked, conflicted, operation, seen_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (workspace_id, repository_id, developer_id, machine, name) do update
                   set branch = excluded.branch, head = excluded.head, ahead = excluded.ahead, behind = excluded.behind,
                       staged = excluded.staged, modified = excluded.modified, untracked = excluded.untracked,
                       conflicted = excluded.conflicted, operation = excluded.operation, seen_at = excluded.seen_at
                """,
                report.worktrees().stream()
                        .sorted(Comparator.comparing(Report.Tree::name))
                        .map(tree -> new Object[] {
                            Ids.next(),
                            caller.workspaceId(),
                            repository,
                            caller.developerId(),
                            report.machine(),
                            tree.name(),
                            tree.branch(),
                            tree.head(),
                            tree.ahead(),
                            tree.behind(),
                            tree.staged(),
                            tree.modified(),
                            tree.untracked(),
                            tree.conflicted(),
                            tree.operation(),
                            now
                        })
                        .toList());
    }

    /** Stores what is new of the commits; answers how many that were. */
    int addCommits(Caller caller, UUID repository, List<Report.Commit> commits, Instant now) {
        if (commits.isEmpty()) {
            return 0;
        }
        List<Report.Commit> sorted = commits.stream()
                .sorted(Comparator.comparing(Report.Commit::sha))
                .toList();
        return sql.update(
                """
                insert into graph_commits (workspace_id, repository_id, sha, parents, author, committed_at, subject, stored_at)
                select ?, ?, c.sha, string_to_array(c.parents, ' '), c.author, c.committed_at::timestamptz, c.subject, ?
                  from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                       as c (sha, parents, author, committed_at, subject)
                on conflict do nothing
                """,
                caller.workspaceId(),
                repository,
                now,
                sorted.stream().map(Report.Commit::sha).toList(),
                sorted.stream()
                        .map(commit -> String.join(" ", commit.parents()))
                        .toList(),
                sorted.stream().map(Report.Commit::author).toList(),
                sorted.stream().map(commit -> commit.at().toString()).toList(),
                sorted.stream().map(Report.Commit::subject).toList());
    }

    /** Of the given commits those that are not stored. */
    List<String> unknown(Caller caller, UUID repository, Collection<String> shas) {
        return sql.list("""
                select distinct s.sha from unnest(?::text[]) as s (sha)
                 where not exists (select from graph_commits c
                                    where c.workspace_id = ? and c.repository_id = ? and c.sha = s.sha)
                 order by s.sha
                """, row -> row.text("sha"), shas, caller.workspaceId(), repository);
    }

    int countCommits(Caller caller, UUID repository) {
        return sql.one(
                "select count(*) as many from graph_commits where workspace_id = ? and repository_id = ?",
                row -> row.integer("many"),
                caller.workspaceId(),
                repository);
    }

    /** Heads on which somebody stands and which are stored, so that a sender need not go further down than to them. */
    List<String> knownHeads(Caller caller, UUID repository, int limit) {
        return sql.list("""
                select distinct w.head from graph_worktrees w
                  join graph_commits c on c.workspace_id = w.workspace_id and c.repository_id = w.repository_id
                                      and c.sha = w.head
                 where w.workspace_id = ? and w.repository_id = ? order by w.head limit ?
                """, row -> row.text("head"), caller.workspaceId(), repository, limit);
    }

    Set<String> heads(Caller caller, UUID repository) {
        return new HashSet<>(sql.list(
                "select head from graph_worktrees where workspace_id = ? and repository_id = ?",
                row -> row.text("head"),
                caller.workspaceId(),
                repository));
    }

    record Link(String sha, List<String> parents, Instant storedAt) {}

    Map<String, Link> links(Caller caller, UUID repository) {
        Map<String, Link> links = new HashMap<>();
        sql.list(
                "select sha, parents, stored_at from graph_commits where workspace_id = ? and repository_id = ?",
                row -> links.put(
                        row.text("sha"), new Link(row.text("sha"), row.texts("parents"), row.instant("stored_at"))),
                caller.workspaceId(),
                repository);
        return links;
    }

    int removeCommits(Caller caller, UUID repository, Collection<String> shas) {
        return shas.isEmpty()
                ? 0
                : sql.update(
                        "delete from graph_commits where workspace_id = ? and repository_id = ? and sha = any (?)",
                        caller.workspaceId(),
                        repository,
                        shas);
    }

    /** Keeps the newest commits alone. */
    int removeOldest(Caller caller, UUID repository, int keep) {
        return sql.update("""
                delete from graph_commits c
                 using (select sha from graph_commits where workspace_id = ? and repository_id = ?
                         order by committed_at desc, sha offset ?) old
                 where c.workspace_id = ? and c.repository_id = ? and c.sha = old.sha
                """, caller.workspaceId(), repository, keep, caller.workspaceId(), repository);
    }

    /** @param machine empty for all machines of the developer */
    int removeWorktrees(Caller caller, UUID repository, String machine) {
        return sql.update("""
                delete from graph_worktrees
                 where workspace_id = ? and repository_id = ? and developer_id = ? and (? = '' or machine = ?)
                """, caller.workspaceId(), repository, caller.developerId(), machine, machine);
    }

    void removeRepository(Caller caller, UUID repository) {
        sql.update(
                "delete from graph_repositories where workspace_id = ? and id = ?", caller.workspaceId(), repository);
    }
}
