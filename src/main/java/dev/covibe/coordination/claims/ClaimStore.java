package dev.covibe.coordination.claims;

import dev.covibe.agents.SessionState;
import dev.covibe.identity.Caller;
import dev.covibe.overlap.Globs;
import dev.covibe.overlap.Hold;
import dev.covibe.overlap.Overlaps;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The rows of claims, and the ground that each of them holds. Everybody locks in one order, so that nobody waits in a
 * circle: the task, the session, then the scopes by name; a claim is touched by whoever has its scope alone.
 */
@ApplicationScoped
class ClaimStore {

    private static final long DECIDING = 7_050;

    private final Sql sql;
    private final Overlaps overlaps;
    private final ClaimQueries queries;
    private final Clock clock;

    ClaimStore(Sql sql, Overlaps overlaps, ClaimQueries queries, Clock clock) {
        this.sql = sql;
        this.overlaps = overlaps;
        this.queries = queries;
        this.clock = clock;
    }

    /** @param wanted the target that it is in the way of */
    record InTheWay(UUID id, UUID developerId, Optional<String> path, String wanted) {}

    /** Claims that have not ended, and the scopes that they lie in. */
    record Open(List<UUID> ids, Set<String> scopes) {}

    record Own(UUID id, ClaimMode mode) {}

    /** Keeps the session open and the task too until the transaction ends: neither closes beneath a claim. */
    void standOn(Caller caller, Optional<UUID> task) {
        task.ifPresent(id -> {
            boolean open = sql.one(
                    "select status not in ('done', 'cancelled') as open from tasks where workspace_id = ? and id = ? for share",
                    row -> row.bool("open"),
                    caller.workspaceId(),
                    id);
            if (!open) {
                throw Refusal.conflict("task.ended", "The task has ended; nothing can be claimed for it.");
            }
        });
        caller.session().ifPresent(session -> {
            boolean open = sql.first(
                            "select ended_at is null as open from agent_sessions where workspace_id = ? and id = ? for share",
                            row -> row.bool("open"),
                            caller.workspaceId(),
                            session.id())
                    .orElse(false);
            if (!open) {
                throw Refusal.conflict("session.ended", "Session " + session.id() + " has ended.");
            }
        });
    }

    /** Until the transaction ends nobody else touches a claim of these scopes. */
    void lock(Caller caller, Collection<String> scopes) {
        for (String scope : new TreeSet<>(scopes)) {
            sql.one(
                    "select pg_advisory_xact_lock(hashtextextended(?, ?))",
                    row -> true,
                    caller.workspaceId() + " " + scope,
                    DECIDING);
        }
    }

    /** Closes what has lapsed in the scope. */
    void settle(Caller caller, Ground ground) {
        Object[] now = queries.now();
        List<UUID> lapsed = sql.list(
                """
                update claims c set released_at = ?, released_by = 'lapse'
                 where c.workspace_id = ? and c.released_at is null
                   and %s and not (%s)
                returning c.id
                """.formatted(
                                ground.isTask() ? "c.task_id = ?::uuid and c.path is null" : "c.repository = ?",
                                ClaimQueries.LIVE),
                row -> row.uuid("id"),
                now[0],
                caller.workspaceId(),
                ground.scope(),
                now[0],
                now[1]);
        giveUp(caller, lapsed);
    }

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

    /** Writes new claims and renews own ones; answers their ids in the order of the targets. */
    List<UUID> put(
            Caller caller,
            Ground ground,
            ClaimMode mode,
            ClaimRules rules,
            Map<String, Own> own,
            List<InTheWay> inTheWay,
            Optional<String> override) {
        Instant now = clock.instant();
        Instant expires = now.plus(Duration.ofMinutes(rules.minutes()));
        Optional<UUID> session = caller.session().map(Caller.Session::id);
        Instant lapses = session.isPresent() ? earlier(expires, now.plus(SessionState.STALE_AFTER)) : expires;
        Map<String, UUID> ids = new LinkedHashMap<>();
        ground.targets()
                .forEach(target -> ids.put(
                        target, own.containsKey(target) ? own.get(target).id() : Ids.next()));
        List<Object[]> rows = new ArrayList<>();
        ids.forEach((target, id) -> {
            List<UUID> overrides = inTheWay.stream()
                    .filter(other -> other.wanted().equals(target))
                    .map(InTheWay::id)
                    .toList();
            rows.add(new Object[] {
                id,
                caller.workspaceId(),
                caller.developerId(),
                session,
                ground.task(),
                ground.repository(),
                ground.isTask() ? Optional.empty() : Optional.of(target),
                mode.key(),
                rules.reason(),
                rules.minutes(),
                now,
                expires,
                lapses,
                overrides.toArray(UUID[]::new),
                overrides.isEmpty() ? Optional.empty() : override
            });
        });
        sql.batch("""
                insert into claims as c (id, workspace_id, developer_id, session_id, task_id, repository, path, mode,
                       reason, minutes, claimed_at, expires_at, lapses_at, overrides, override_reason)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::uuid[], ?)
                on conflict (id) do update
                   set mode = excluded.mode, minutes = excluded.minutes, expires_at = excluded.expires_at,
                       lapses_at = excluded.lapses_at, task_id = coalesce(excluded.task_id, c.task_id),
                       reason = coalesce(excluded.reason, c.reason),
                       overrides = c.overrides || excluded.overrides,
                       override_reason = coalesce(excluded.override_reason, c.override_reason)
                """, rows);
        for (InTheWay other : inTheWay) {
            sql.update(
                    "update claims set overridden_by = ? where workspace_id = ? and id = ?",
                    ids.get(other.wanted()),
                    caller.workspaceId(),
                    other.id());
        }
        if (!ground.isTask()) {
            overlaps.hold(
                    caller.place(),
                    ids.entrySet().stream()
                            .map(claim -> new Hold(
                                    claim.getValue(),
                                    ground.task(),
                                    caller.developerId(),
                                    ground.repository().orElseThrow(),
                                    claim.getKey(),
                                    rules.reason().orElse(""),
                                    lapses))
                            .toList());
        }
        return List.copyOf(ids.values());
    }

    /** Every live claim of a session that shows a sign of life stands for its whole term again. */
    void prolong(Caller caller, UUID session) {
        Open open = ofSession(caller, session);
        if (open.ids().isEmpty()) {
            return;
        }
        lock(caller, open.scopes());
        Instant now = clock.instant();
        Map<Instant, List<UUID>> prolonged = new HashMap<>();
        sql.list(
                """
                update claims
                   set expires_at = ?::timestamptz + make_interval(mins => minutes),
                       lapses_at = least(?::timestamptz + make_interval(mins => minutes), ?::timestamptz)
                 where workspace_id = ? and id = any(?) and released_at is null and lapses_at > ?
                returning id, lapses_at
                """,
                row -> prolonged
                        .computeIfAbsent(row.instant("lapses_at"), _ -> new ArrayList<>())
                        .add(row.uuid("id")),
                now,
                now,
                now.plus(SessionState.STALE_AFTER),
                caller.workspaceId(),
                open.ids(),
                now);
        prolonged.forEach((until, ids) -> overlaps.prolong(caller.place(), ids, until));
    }

    /** Ends those that have not ended; answers which. */
    List<UUID> end(Caller caller, Open open, ReleasedBy by) {
        if (open.ids().isEmpty()) {
            return List.of();
        }
        lock(caller, open.scopes());
        Instant now = clock.instant();
        List<UUID> lapsed = new ArrayList<>();
        List<UUID> ended = new ArrayList<>();
        sql.list(
                """
                update claims
                   set released_at = ?, released_by = case when lapses_at <= ? then 'lapse' else ? end
                 where workspace_id = ? and id = any(?) and released_at is null
                returning id, released_by
                """,
                row -> (row.text("released_by").equals(ReleasedBy.LAPSE.key()) ? lapsed : ended).add(row.uuid("id")),
                now,
                now,
                by.key(),
                caller.workspaceId(),
                open.ids());
        giveUp(caller, lapsed);
        giveUp(caller, ended);
        return ended;
    }

    private void giveUp(Caller caller, List<UUID> ids) {
        if (!ids.isEmpty()) {
            overlaps.giveUp(caller.place(), ids);
        }
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

    /** Those that name no task are written down as this one's. */
    void attribute(Caller caller, Open open, UUID task) {
        if (!open.ids().isEmpty()) {
            sql.update(
                    "update claims set task_id = ? where workspace_id = ? and id = any(?) and task_id is null",
                    task,
                    caller.workspaceId(),
                    open.ids());
        }
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

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
