package dev.covibe.work;

import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Sql;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Loads and saves tasks. */
@ApplicationScoped
class Tasks implements PanacheRepositoryBase<Task, UUID> {

    private static final String UUID_FORM = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

    /** The order of the ready queue. The index {@code tasks_ready} is kept in it, word for word. */
    static final String QUEUE =
            "array_position(array['urgent', 'high', 'medium', 'low', 'none'], t.priority), t.created_at, t.id";

    private final Sql sql;

    Tasks(Sql sql) {
        this.sql = sql;
    }

    /**
     * The task called so, by key or id, locked until the transaction ends.
     *
     * @throws Refusal.NotFound {@code task.unknown}
     */
    Task locked(Caller caller, String keyOrId) {
        UUID id = id(caller, keyOrId).orElseThrow(() -> unknown(keyOrId));
        return findByIdOptional(id, LockModeType.PESSIMISTIC_WRITE).orElseThrow(() -> unknown(keyOrId));
    }

    Optional<UUID> id(Caller caller, String keyOrId) {
        if (keyOrId.matches(UUID_FORM)) {
            return Optional.of(UUID.fromString(keyOrId));
        }
        return ItemKey.of(keyOrId)
                .flatMap(
                        key -> sql.first("""
                        select t.id
                          from tasks t
                          join projects p on p.id = t.project_id and p.workspace_id = t.workspace_id
                         where t.workspace_id = ? and p.key = ? and t.number = ?
                        """, row -> row.uuid("id"), caller.workspaceId(), key.prefix(), key.number()));
    }

    /** What was taken in a session and is still in progress, locked until the transaction ends. */
    List<UUID> takenIn(Caller caller, UUID sessionId) {
        return sql.list("""
                select id from tasks
                 where workspace_id = ? and status = 'in_progress' and owner_session_id = ?
                 order by id for update
                """, row -> row.uuid("id"), caller.workspaceId(), sessionId);
    }

    static Refusal unknown(String keyOrId) {
        return Refusal.notFound("task.unknown", "There is no task " + keyOrId + " in this workspace.");
    }

    /** Keys of open tasks that the task waits for. */
    List<String> openDependencies(Task task) {
        return sql.list("""
                select p.key || '-' || t.number as key
                  from task_dependencies d
                  join tasks t on t.workspace_id = d.workspace_id and t.id = d.depends_on_id
                  join projects p on p.workspace_id = t.workspace_id and p.id = t.project_id
                 where d.workspace_id = ? and d.task_id = ? and t.status not in ('done', 'cancelled')
                 order by t.created_at
                """, row -> row.text("key"), task.workspaceId, task.id);
    }

    /**
     * Replaces what the task waits for. Serialised per workspace, so that two edits at once cannot close a cycle that
     * neither of them sees.
     *
     * @throws Refusal.Conflict {@code task.dependency-cycle}
     * @throws Refusal.Invalid when a key is unknown
     */
    List<String> replaceDependencies(Caller caller, Task task, List<String> keys) {
        sql.call(
                "select pg_advisory_xact_lock(hashtextextended('dependencies ' || ?, 0))",
                caller.workspaceId().toString());
        List<UUID> ids = new ArrayList<>();
        for (String key : keys) {
            ids.add(id(caller, key)
                    .orElseThrow(() -> Refusal.invalidField("/depends_on", "There is no task " + key + ".")));
        }
        List<String> before = dependencies(task);
        sql.update(
                "delete from task_dependencies where workspace_id = ? and task_id = ?", caller.workspaceId(), task.id);
        sql.batch(
                "insert into task_dependencies (workspace_id, task_id, depends_on_id) values (?, ?, ?)",
                ids.stream()
                        .distinct()
                        .filter(id -> refuseSelf(task, id))
                        .map(id -> new Object[] {caller.workspaceId(), task.id, id})
                        .toList());
        refuseCycle(caller, task);
        return before;
    }

    private static boolean refuseSelf(Task task, UUID dependency) {
        if (task.id.equals(dependency)) {
            throw Refusal.conflict("task.dependency-cycle", task.key() + " cannot wait for itself.");
        }
        return true;
    }

    private List<String> dependencies(Task task) {
        return sql.list("""
                select p.key || '-' || t.number as key
                  from task_dependencies d
                  join tasks t on t.workspace_id = d.workspace_id and t.id = d.depends_on_id
                  join projects p on p.workspace_id = t.workspace_id and p.id = t.project_id
                 where d.workspace_id = ? and d.task_id = ? order by t.created_at
                """, row -> row.text("key"), task.workspaceId, task.id);
    }

    private void refuseCycle(Caller caller, Task task) {
        boolean cycle =
                sql.one("""
                with recursive reached(id) as (
                    select depends_on_id from task_dependencies where workspace_id = ? and task_id = ?
                    union
                    select d.depends_on_id
                      from task_dependencies d
                      join reached r on r.id = d.task_id
                     where d.workspace_id = ?)
                select exists (select from reached where id = ?) as cycle
                """, row -> row.bool("cycle"), caller.workspaceId(), task.id, caller.workspaceId(), task.id);
        if (cycle) {
            throw Refusal.conflict(
                    "task.dependency-cycle",
                    "These dependencies would make " + task.key() + " wait for itself. Remove one of them.");
        }
    }

    /** The first task of the ready queue that nobody else is taking at this moment, locked. */
    Optional<UUID> nextReady(Caller caller, Optional<UUID> projectId) {
        return sql.first(
                """
                select t.id
                  from tasks t
                 where t.workspace_id = ? and t.status = 'planned' and t.owner_id is null
                   and (?::uuid is null or t.project_id = ?::uuid)
                   and not %s
                 order by %s
                 limit 1
                   for update of t skip locked
                """.formatted(WorkQueries.OPEN_DEPENDENCY, QUEUE),
                row -> row.uuid("id"),
                caller.workspaceId(),
                projectId,
                projectId);
    }
}
