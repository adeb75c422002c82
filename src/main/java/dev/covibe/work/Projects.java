package dev.covibe.work;

import dev.covibe.identity.Caller;
import dev.covibe.journal.EventKind;
import dev.covibe.journal.Journal;
import dev.covibe.journal.Subject;
import dev.covibe.platform.git.RepositoryIdentity;
import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Row;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import dev.covibe.tenancy.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Projects (WRK-1): what there is, and what a plan belongs to. */
@ApplicationScoped
public class Projects {

    private static final int MOST_REPOSITORIES = 50;
    private static final int LONGEST_KEY = 8;

    private static final String VIEW = """
            select p.id, p.key, p.name, p.description, p.repositories, p.created_at, p.archived_at,
                   (select count(*) from tasks t
                     where t.workspace_id = p.workspace_id and t.project_id = p.id
                       and t.status not in ('done', 'cancelled')) as open_tasks
              from projects p
             where p.workspace_id = ?
            """;

    private final Transactions transactions;
    private final Sql sql;
    private final EntityManager entities;
    private final Journal journal;
    private final Workspaces workspaces;
    private final Clock clock;

    Projects(
            Transactions transactions,
            Sql sql,
            EntityManager entities,
            Journal journal,
            Workspaces workspaces,
            Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.entities = entities;
        this.journal = journal;
        this.workspaces = workspaces;
        this.clock = clock;
    }

    /** All projects of the workspace, the archived ones last. */
    public List<ProjectView> list(Caller caller) {
        return transactions.in(
                caller.place(),
                () -> sql.list(
                        VIEW + " order by p.archived_at is not null, p.key limit 500",
                        Projects::view,
                        caller.workspaceId()));
    }

    /** @throws Refusal.NotFound {@code project.unknown} */
    public ProjectView get(Caller caller, String key) {
        return transactions
                .in(
                        caller.place(),
                        () -> sql.first(VIEW + " and p.key = ?", Projects::view, caller.workspaceId(), upper(key)))
                .orElseThrow(() -> unknown(key));
    }

    /**
     * @param key 2 to 8 letters; {@code WS} is kept for workstreams
     * @param repositories remotes in any spelling; kept normalised
     * @throws Refusal.Conflict {@code project.key-taken}
     */
    public ProjectView create(
            Caller caller, String key, String name, Optional<String> description, List<String> repositories) {
        String wanted = upper(key);
        if (!wanted.matches("[A-Z]{2,8}") || wanted.equals(ItemKey.WORKSTREAM)) {
            throw Refusal.invalidField(
                    "/key", "A project key has 2 to 8 letters, such as WEB; WS is kept for workstreams.");
        }
        Project project = new Project();
        project.id = Ids.next();
        project.workspaceId = caller.workspaceId();
        project.key = wanted;
        project.name = named(name);
        project.description = description.orElse("").strip();
        project.repositories = normalised(repositories);
        project.createdAt = clock.instant();
        return transactions.in(caller.place(), () -> {
            int made = sql.update(
                    """
                    insert into projects (id, workspace_id, key, name, description, repositories, created_at)
                    values (?, ?, ?, ?, ?, ?, ?)
                    on conflict (workspace_id, key) do nothing
                    """,
                    project.id,
                    project.workspaceId,
                    project.key,
                    project.name,
                    project.description,
                    project.repositories,
                    project.createdAt);
            if (made == 0) {
                throw Refusal.conflict("project.key-taken", "There is already a project " + wanted + ".");
            }
            journal.record(
                    caller, EventKind.PLANNED, Subject.project(project.id, project.key), Map.of("title", project.name));
            return get(caller, wanted);
        });
    }

    /** Changes what is given; an absent field stays. */
    public ProjectView edit(
            Caller caller,
            String key,
            Optional<String> name,
            Optional<String> description,
            Optional<List<String>> repositories,
            Optional<Boolean> archived) {
        return transactions.in(caller.place(), () -> {
            Project project = find(caller, key).orElseThrow(() -> unknown(key));
            Changes changes = new Changes();
            name.map(Projects::named).ifPresent(next -> project.name = changes.note("name", project.name, next));
            description.ifPresent(
                    next -> project.description = changes.note("description", project.description, next.strip()));
            repositories
                    .map(Projects::normalised)
                    .ifPresent(next -> project.repositories = changes.note("repositories", project.repositories, next));
            archived.ifPresent(next -> {
                changes.note("archived", project.isArchived(), next);
                project.archivedAt = next ? (project.isArchived() ? project.archivedAt : clock.instant()) : null;
            });
            entities.flush();
            if (!changes.isEmpty()) {
                journal.record(caller, EventKind.CHANGED, Subject.project(project.id, project.key), changes.payload());
            }
            return get(caller, key);
        });
    }

    /**
     * The project that a plan belongs to: the named one, else the one that has the repository, else the only one;
     * where there is none at all yet, a first one.
     *
     * @throws Refusal.Invalid {@code project.wanted} with the keys to choose from
     */
    Project choose(Caller caller, Optional<String> key, Optional<String> repository) {
        if (key.isPresent()) {
            Project named = find(caller, key.get())
                    .orElseThrow(() -> Refusal.invalidField(
                            "/project", "There is no project " + key.get() + ". " + choices(open(caller))));
            if (named.isArchived()) {
                throw Refusal.conflict(
                        "project.archived",
                        "Project " + named.key
                                + " is archived and takes no new work. Name another project, or open this one again.");
            }
            return named;
        }
        List<Project> open = open(caller);
        List<Project> fitting = open.stream()
                .filter(project ->
                        repository.map(project.repositories::contains).orElse(false))
                .toList();
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        if (open.size() == 1) {
            return open.getFirst();
        }
        if (list(caller).isEmpty()) {
            return first(caller);
        }
        throw Refusal.invalid(
                "project.wanted", "Say which project. " + choices(open), new FieldError("/project", "wanted"));
    }

    /** The first plan of a workspace needs no preparation: it opens a project that is called like the workspace. */
    private Project first(Caller caller) {
        String name = workspaces.names(caller.place()).workspace();
        String letters = name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "");
        String cut = letters.substring(0, Math.min(LONGEST_KEY, letters.length()));
        String key = cut.length() < 2 || cut.equals(ItemKey.WORKSTREAM) ? "WORK" : cut;
        create(caller, key, name, Optional.empty(), List.of());
        return find(caller, key).orElseThrow(() -> unknown(key));
    }

    private List<Project> open(Caller caller) {
        return entities.createQuery(
                        "from Project where workspaceId = ?1 and archivedAt is null order by key", Project.class)
                .setParameter(1, caller.workspaceId())
                .getResultList();
    }

    private static String choices(List<Project> open) {
        return open.isEmpty()
                ? "This workspace has no project yet: create one in Settings or with POST /api/projects."
                : "Open projects: " + open.stream().map(project -> project.key).collect(Collectors.joining(", ")) + ".";
    }

    Optional<Project> find(Caller caller, String key) {
        return entities.createQuery("from Project where workspaceId = ?1 and key = ?2", Project.class)
                .setParameter(1, caller.workspaceId())
                .setParameter(2, upper(key))
                .getResultStream()
                .findFirst();
    }

    /** Gives the project's next {@code count} task numbers; answers the first of them. */
    int nextNumbers(Project project, int count) {
        return sql.one(
                        "update projects set last_number = last_number + ? where workspace_id = ? and id = ? returning last_number",
                        row -> row.integer("last_number"),
                        count,
                        project.workspaceId,
                        project.id)
                - count
                + 1;
    }

    static Refusal unknown(String key) {
        return Refusal.notFound("project.unknown", "There is no project " + key + " in this workspace.");
    }

    private static String upper(String key) {
        return key.strip().toUpperCase(Locale.ROOT);
    }

    private static String named(String name) {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.length() > 120) {
            throw Refusal.invalidField("/name", "A project needs a name of 1 to 120 characters.");
        }
        return stripped;
    }

    private static List<String> normalised(List<String> repositories) {
        if (repositories.size() > MOST_REPOSITORIES) {
            throw Refusal.invalidField(
                    "/repositories", "A project has at most " + MOST_REPOSITORIES + " repositories.");
        }
        return repositories.stream()
                .map(remote -> RepositoryIdentity.of(remote)
                        .orElseThrow(() -> Refusal.invalidField(
                                "/repositories", "'" + remote + "' is not a repository's remote or name."))
                        .name())
                .distinct()
                .toList();
    }

    private static ProjectView view(Row row) throws SQLException {
        return new ProjectView(
                row.uuid("id"),
                row.text("key"),
                row.text("name"),
                row.text("description"),
                row.texts("repositories"),
                row.bigint("open_tasks"),
                row.instant("created_at"),
                row.optionalInstant("archived_at"));
    }
}
