package dev.covibe.coordination.claims;

import dev.covibe.identity.Caller;
import dev.covibe.overlap.Globs;
import dev.covibe.overlap.Overlaps;
import dev.covibe.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Finds the claims that a decision is about: one's own, those of others in the way, those that end together. */
@ApplicationScoped
class OpenClaims {

    private final Sql sql;
    private final Overlaps overlaps;
    private final ClaimQueries queries;

    OpenClaims(Sql sql, Overlaps overlaps, ClaimQueries queries) {
        this.sql = sql;
        this.overlaps = overlaps;
        this.queries = queries;
    }

    /** Claims that have not ended, and the scopes that they lie in. */
    record Open(List<UUID> ids, Set<String> scopes) {}

    record Own(UUID id, ClaimMode mode) {}

    /** @param wanted the target that it is in the way of */
    record InTheWay(UUID id, UUID developerId, Optional<String> path, String wanted) {}

    /** What the caller itself holds of this, by target. */
    Map<String, Own> own(Caller caller, Ground ground) {
        Object[] now = queries.now();
        String target = ground.isTask() ? "c.task_id::text" : "c.path";
        Map<String, Own> own = new HashMap<>();
        sql.list(
                "select c.id, c.mode, " + target + " as target from claims c where c.workspace_id = ? and "
                        + ClaimQueries.LIVE
                        + " and c.developer_id = ? and c.session_id is not distinct from ?"
                        + " and c.repository is not distinct from ? and " + target + " = any(?)",
                row -> own.put(row.text("target"), new Own(row.uuid("id"), ClaimMode.of(row.text("mode")))),
                caller.workspaceId(),
                now[0],
                now[1],
                caller.developerId(),
                caller.session().map(Caller.Session::id),
                ground.repository(),
                ground.targets());
        return own;
    }

    /** Live claims of others that cannot stand beside these, the oldest first. */
    List<InTheWay> inTheWay(Caller caller, Ground ground, List<String> targets, ClaimMode mode) {
        if (targets.isEmpty()) {
            return List.of();
        }
        Object[] now = queries.now();
        Optional<UUID> session = caller.session().map(Caller.Session::id);
        String others = "select c.id, c.developer_id, c.path, c.mode from claims c where c.workspace_id = ? and "
                + ClaimQueries.LIVE
                + """
                 and c.session_id is distinct from ?
                 and not (c.developer_id = ? and (c.session_id is null or ?::uuid is null))
                 and (c.mode = 'exclusive' or ? = 'exclusive')
                """;
        Collection<?> among = ground.isTask()
                ? targets
                : overlaps.held(caller.place(), ground.repository().orElseThrow(), targets);
        if (among.isEmpty()) {
            return List.of();
        }
        return sql.list(
                others
                        + (ground.isTask() ? " and c.path is null and c.task_id::text = any(?)" : " and c.id = any(?)")
                        + " order by c.id",
                row -> new InTheWay(
                        row.uuid("id"),
                        row.uuid("developer_id"),
                        row.optionalText("path"),
                        row.optionalText("path")
                                .map(path -> wanted(targets, path))
                                .orElse(targets.getFirst())),
                caller.workspaceId(),
                now[0],
                now[1],
                session.orElse(new UUID(0, 0)),
                caller.developerId(),
                session,
                mode.key(),
                among);
    }

    private static String wanted(List<String> targets, String path) {
        Globs.Ground held = Globs.ground(path);
        return targets.stream()
                .filter(target -> Globs.ground(target).meets(held))
                .findFirst()
                .orElseThrow();
    }

    /** Developers who hold these claims or held them, by claim. */
    Map<UUID, UUID> holders(Caller caller, Collection<UUID> ids) {
        Map<UUID, UUID> holders = new HashMap<>();
        if (!ids.isEmpty()) {
            sql.list(
                    "select id, developer_id from claims where workspace_id = ? and id = any(?)",
                    row -> holders.put(row.uuid("id"), row.uuid("developer_id")),
                    caller.workspaceId(),
                    ids);
        }
        return holders;
    }

    Open named(Caller caller, Collection<UUID> ids) {
        return open(caller, "id = any(?)", ids);
    }

    /** What the caller's session holds; without a session, what the developer holds in person. */
    Open heldBy(Caller caller) {
        return caller.session()
                .map(session -> ofSession(caller, session.id()))
                .orElseGet(() -> open(caller, "developer_id = ? and session_id is null", caller.developerId()));
    }

    Open ofSession(Caller caller, UUID session) {
        return open(caller, "session_id = ?", session);
    }

    /** What is held for a task: the claims that name it, and those of sessions that work on it which name none. */
    Open ofTask(Caller caller, UUID task) {
        return open(caller, """
                (task_id = ? or task_id is null and session_id in
                   (select a.id from agent_sessions a where a.workspace_id = ? and a.task_id = ? and a.ended_at is null))
                """, task, caller.workspaceId(), task);
    }

    private Open open(Caller caller, String condition, Object... parameters) {
        Open open = new Open(new ArrayList<>(), new HashSet<>());
        List<Object> all = new ArrayList<>(List.of(caller.workspaceId()));
        all.addAll(List.of(parameters));
        sql.list(
                "select id, coalesce(repository, task_id::text) as scope from claims"
                        + " where workspace_id = ? and released_at is null and " + condition + " order by id",
                row -> open.ids().add(row.uuid("id")) && open.scopes().add(row.text("scope")),
                all.toArray());
        return open;
    }
}
