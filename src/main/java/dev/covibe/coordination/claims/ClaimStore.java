package dev.covibe.coordination.claims;

import dev.covibe.agents.SessionState;
import dev.covibe.identity.Caller;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private final OpenClaims openClaims;
    private final Clock clock;

    ClaimStore(Sql sql, Overlaps overlaps, OpenClaims openClaims, Clock clock) {
        this.sql = sql;
        this.overlaps = overlaps;
        this.openClaims = openClaims;
        this.clock = clock;
    }

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
            sql.call(
                    "select pg_advisory_xact_lock(hashtextextended(?, ?))",
                    caller.workspaceId() + " " + scope,
                    DECIDING);
        }
    }

    /** Closes what has lapsed in the scope, so that nobody has to sweep. */
    void settle(Caller caller, Ground ground) {
        Instant now = clock.instant();
        List<UUID> lapsed = sql.list(
                "update claims set released_at = ?, released_by = 'lapse'"
                        + " where workspace_id = ? and released_at is null and lapses_at <= ? and "
                        + (ground.isTask() ? "task_id = ?::uuid and path is null" : "repository = ?")
                        + " returning id",
                row -> row.uuid("id"),
                now,
                caller.workspaceId(),
                now,
                ground.scope());
        giveUp(caller, lapsed);
    }

    /** Writes new claims and renews own ones; answers their ids in the order of the targets. */
    List<UUID> put(
            Caller caller,
            Ground ground,
            ClaimMode mode,
            ClaimRules rules,
            Map<String, OpenClaims.Own> own,
            List<OpenClaims.InTheWay> inTheWay,
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
                    .map(OpenClaims.InTheWay::id)
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
        for (OpenClaims.InTheWay other : inTheWay) {
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
        OpenClaims.Open open = openClaims.ofSession(caller, session);
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
    List<UUID> end(Caller caller, OpenClaims.Open open, ReleasedBy by) {
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

    /** Those that name no task are written down as this one's. */
    void attribute(Caller caller, OpenClaims.Open open, UUID task) {
        if (!open.ids().isEmpty()) {
            sql.update(
                    "update claims set task_id = ? where workspace_id = ? and id = any(?) and task_id is null",
                    task,
                    caller.workspaceId(),
                    open.ids());
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
