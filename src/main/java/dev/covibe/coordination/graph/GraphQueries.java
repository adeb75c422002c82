package dev.covibe.coordination.graph;

import dev.covibe.agents.SessionQueries;
import dev.covibe.agents.SessionState;
import dev.covibe.agents.SessionView;
import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import dev.covibe.work.ItemRef;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Everything that is read of the graph. */
@ApplicationScoped
public class GraphQueries {

    /** A worktree of which nobody heard for this long is not shown any more: its machine is off, or it is gone. */
    public static final Duration SHOWN_FOR = Duration.ofDays(14);

    private static final int MOST_STANDINGS = 200;
    private static final int MOST_SESSIONS = 200;
    private static final int MOST_REPOSITORIES = 200;

    private static final String REPOSITORIES = """
            select r.id, r.identity, r.name, count(*) as worktrees, max(w.seen_at) as seen_at
              from graph_repositories r
              join graph_worktrees w on w.workspace_id = r.workspace_id and w.repository_id = r.id
             where r.workspace_id = ? and w.seen_at > ? %s
             group by r.id, r.identity, r.name
             order by max(w.seen_at) desc, r.identity limit ?
            """;

    private static final String STANDINGS = """
            select w.id, d.handle, w.machine, w.name, w.branch, w.head, w.ahead, w.behind, w.staged, w.modified,
                   w.untracked, w.conflicted, w.operation, w.seen_at
              from graph_worktrees w
              join developers d on d.id = w.developer_id
             where w.workspace_id = ? and w.repository_id = ? and w.seen_at > ?
             order by d.handle, w.machine, w.name limit ?
            """;

    /** Open tasks that name a branch of this repository, or of no repository in particular. */
    private static final String TASKS = """
            select distinct on (t.branch) t.branch, t.id, p.key || '-' || t.number as key, t.title, t.status
              from tasks t
              join projects p on p.id = t.project_id
             where t.workspace_id = ? and t.branch = any (?) and t.status not in ('done', 'cancelled')
               and (t.repository is null or t.repository = ?)
             order by t.branch, t.updated_at desc
            """;

    private final Transactions transactions;
    private final Sql sql;
    private final SessionQueries sessions;
    private final Clock clock;

    GraphQueries(Transactions transactions, Sql sql, SessionQueries sessions, Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** The shared repositories in which somebody stands, the last seen first. */
    public List<RepositoryRef> repositories(Caller caller) {
        return transactions.in(
                caller.place(),
                () -> sql.list(
                        REPOSITORIES.formatted(""),
                        GraphQueries::repository,
                        caller.workspaceId(),
                        shownSince(),
                        MOST_REPOSITORIES));
    }

    /**
     * One repository with everything that reaches a head.
     *
     * @throws Refusal.NotFound {@code repository.unknown}
     */
    public RepositoryGraph graph(Caller caller, String identity) {
        return find(caller, identity)
                .orElseThrow(() -> Refusal.notFound("repository.unknown", "There is no such repository here."));
    }

    Optional<RepositoryGraph> find(Caller caller, String identity) {
        return transactions.in(caller.place(), () -> sql.first(
                        REPOSITORIES.formatted("and r.identity = ?"),
                        GraphQueries::repository,
                        caller.workspaceId(),
                        shownSince(),
                        identity,
                        1)
                .map(repository -> {
                    List<Standing> standings = standings(caller, repository);
                    return new RepositoryGraph(repository, commits(caller, repository.id(), standings), standings);
                }));
    }

    private List<Commit> commits(Caller caller, UUID repository, List<Standing> standings) {
        Map<String, Commit> all = sql
                .list(
                        """
                        select sha, parents, committed_at from graph_commits
                         where workspace_id = ? and repository_id = ?
                        """,
                        row -> new Commit(row.text("sha"), row.texts("parents"), row.instant("committed_at")),
                        caller.workspaceId(),
                        repository)
                .stream()
                .collect(Collectors.toMap(Commit::sha, Function.identity()));
        Set<String> heads = standings.stream().map(Standing::head).collect(Collectors.toSet());
        Set<String> reached =
                Ancestors.of(heads, sha -> all.containsKey(sha) ? all.get(sha).parents() : List.of());
        return reached.stream().filter(all::containsKey).map(all::get).toList();
    }

    /** What people read of some commits, by sha; a commit that is gone meanwhile is not among them. */
    public Map<String, CommitText> texts(Caller caller, UUID repository, Collection<String> shas) {
        return transactions
                .in(
                        caller.place(),
                        () -> sql.list(
                                """
                                select sha, parents, author, committed_at, subject from graph_commits
                                 where workspace_id = ? and repository_id = ? and sha = any (?)
                                """,
                                row -> new CommitText(
                                        row.text("sha"),
                                        row.texts("parents"),
                                        row.text("author"),
                                        row.instant("committed_at"),
                                        row.text("subject")),
                                caller.workspaceId(),
                                repository,
                                shas))
                .stream()
                .collect(Collectors.toMap(CommitText::sha, Function.identity()));
    }

    private List<Standing> standings(Caller caller, RepositoryRef repository) {
        List<Standing> bare = sql.list(
                STANDINGS, GraphQueries::standing, caller.workspaceId(), repository.id(), shownSince(), MOST_STANDINGS);
        Map<UUID, List<SessionView>> here = SessionPlaces.match(
                bare, sessions.inRepository(caller, repository.identity(), Ids.next(), MOST_SESSIONS));
        Map<String, ItemRef> tasks = tasks(caller, repository, bare);
        return bare.stream()
                .map(standing -> with(standing, here.getOrDefault(standing.id(), List.of()), tasks))
                .toList();
    }

    private Map<String, ItemRef> tasks(Caller caller, RepositoryRef repository, List<Standing> standings) {
        List<String> branches = standings.stream()
                .flatMap(standing -> standing.branch().stream())
                .distinct()
                .toList();
        Map<String, ItemRef> tasks = new HashMap<>();
        if (!branches.isEmpty()) {
            sql.list(
                    TASKS,
                    row -> tasks.put(
                            row.text("branch"),
                            new ItemRef(row.uuid("id"), row.text("key"), row.text("title"), row.text("status"))),
                    caller.workspaceId(),
                    branches,
                    repository.identity());
        }
        return tasks;
    }

    private static Standing with(Standing standing, List<SessionView> here, Map<String, ItemRef> tasks) {
        Optional<ItemRef> task = here.stream()
                .flatMap(session -> session.task().stream())
                .findFirst()
                .or(() -> standing.branch().map(tasks::get));
        return new Standing(
                standing.id(),
                standing.developer(),
                standing.machine(),
                standing.worktree(),
                standing.branch(),
                standing.head(),
                standing.ahead(),
                standing.behind(),
                standing.changes(),
                standing.operation(),
                standing.seenAt(),
                here.stream()
                        .map(session -> new Standing.Agent(
                                session.id(),
                                session.agent(),
                                session.state() == SessionState.ACTIVE,
                                session.lastSeenAt()))
                        .toList(),
                task);
    }

    private Instant shownSince() {
        return clock.instant().minus(SHOWN_FOR);
    }

    private static RepositoryRef repository(Row row) throws SQLException {
        return new RepositoryRef(
                row.uuid("id"),
                row.text("identity"),
                row.text("name"),
                row.integer("worktrees"),
                row.instant("seen_at"));
    }

    private static Standing standing(Row row) throws SQLException {
        return new Standing(
                row.uuid("id"),
                row.text("handle"),
                row.text("machine"),
                row.text("name"),
                row.optionalText("branch"),
                row.text("head"),
                row.optionalInteger("ahead"),
                row.optionalInteger("behind"),
                new Standing.Changes(
                        row.integer("staged"),
                        row.integer("modified"),
                        row.integer("untracked"),
                        row.integer("conflicted")),
                row.optionalText("operation"),
                row.instant("seen_at"),
                List.of(),
                Optional.empty());
    }
}
