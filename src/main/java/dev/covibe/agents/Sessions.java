package dev.covibe.agents;

import dev.covibe.agents.AgentSession.EndedBy;
import dev.covibe.identity.Caller;
import dev.covibe.journal.EventKind;
import dev.covibe.journal.Journal;
import dev.covibe.journal.Subject;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import dev.covibe.work.Progress;
import dev.covibe.work.TaskStatus;
import dev.covibe.work.TaskView;
import dev.covibe.work.WorkQueries;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Agents at work (AGT-1): they begin, go on, are seen, and end. */
@ApplicationScoped
public class Sessions {

    /** How exactly it is known when an agent was last seen. Finer would make every call a write. */
    private static final Duration SEEN_TO = Duration.ofMinutes(1);

    private static final int LONGEST_SUMMARY = 20_000;

    private final Transactions transactions;
    private final Sql sql;
    private final AgentSessions sessions;
    private final SessionQueries queries;
    private final WorkQueries work;
    private final Progress progress;
    private final Journal journal;
    private final Event<SessionSeen> seen;
    private final Event<SessionEnded> ended;
    private final Clock clock;

    Sessions(
            Transactions transactions,
            Sql sql,
            AgentSessions sessions,
            SessionQueries queries,
            WorkQueries work,
            Progress progress,
            Journal journal,
            Event<SessionSeen> seen,
            Event<SessionEnded> ended,
            Clock clock) {
        this.transactions = transactions;
        this.sql = sql;
        this.sessions = sessions;
        this.queries = queries;
        this.work = work;
        this.progress = progress;
        this.journal = journal;
        this.seen = seen;
        this.ended = ended;
        this.clock = clock;
    }

    /** @param resumed whether it went on instead of being opened */
    public record Started(SessionView session, boolean resumed) {}

    /**
     * Opens a session, or goes on with one: the named one, ended or not, or the open one that the same client opened in
     * the same repository, branch and worktree.
     *
     * @throws Refusal.Invalid when a field is wrong
     * @throws Refusal.NotFound {@code session.unknown} or {@code task.unknown}
     */
    public Started start(Caller caller, SessionStart start) {
        AgentSession draft = SessionRules.draft(caller, start);
        return transactions.in(caller.place(), () -> {
            Instant now = clock.instant();
            Optional<AgentSession> known = start.resume()
                    .map(id -> sessions.locked(caller, id))
                    .or(() -> sessions.same(caller, draft))
                    .or(() -> sessions.announced(caller, draft, SessionState.staleSince(now)));
            AgentSession session = known.orElse(draft);
            known.ifPresentOrElse(found -> found.goOn(draft, now), () -> draft.begin(Ids.next(), now));
            start.parentSession().ifPresent(parent -> session.parentId = sessions.locked(caller, parent).id);
            Optional<TaskView> task = start.task().map(key -> work.task(caller, key));
            boolean turns = task.isPresent() && !task.get().id().equals(session.taskId);
            task.ifPresent(found -> session.workOn(found.id(), found.workstream()));
            sessions.persistAndFlush(session);
            if (turns) {
                turnTo(caller, session.id, session.taskId, now);
            }
            Caller inSession = caller.in(new Caller.Session(session.id, session.agentType.key()));
            journal.record(inSession, EventKind.SESSION_STARTED, subject(session), started(session, known.isPresent()));
            known.ifPresent(found -> seen.fire(new SessionSeen(inSession, found.id)));
            return new Started(queries.view(caller, session.id), known.isPresent());
        });
    }

    private static Map<String, Object> started(AgentSession session, boolean resumed) {
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("agent", session.agentType.key());
        payload.put("resumed", resumed);
        return payload;
    }

    /**
     * The session that a call belongs to: the named one, else the one that its protocol session opened, else the one
     * in which the token was last seen. One query.
     *
     * @throws Refusal.NotFound {@code session.unknown} when the named one is not the caller's
     * @throws Refusal.Conflict {@code session.ended} when the named one is over
     */
    public Optional<CurrentSession> current(Caller caller, Optional<UUID> named, Optional<String> mcpSession) {
        return named.map(id -> Optional.of(queries.open(caller, id)))
                .orElseGet(() -> caller.token().flatMap(token -> queries.lastSeen(caller, token.id(), mcpSession)));
    }

    /**
     * Notes that the agent gave a sign of life, to the minute. Does not wait for a call of the same session that is
     * noting the same.
     */
    public void seen(Caller caller, CurrentSession session) {
        Instant now = clock.instant();
        if (session.lastSeenAt().isAfter(now.minus(SEEN_TO))) {
            return;
        }
        transactions.run(caller.place(), () -> {
            int noted = sql.update("""
                    update agent_sessions set last_seen_at = ?
                     where id = (select id from agent_sessions
                                  where workspace_id = ? and id = ? and ended_at is null and last_seen_at < ?
                                    for update skip locked)
                    """, now, caller.workspaceId(), session.id(), now.minus(SEEN_TO));
            if (noted == 1) {
                seen.fire(new SessionSeen(session.of(caller), session.id()));
            }
        });
    }

    /** The caller's session works on this task from now on. Without a session nothing happens. */
    public void workOn(Caller caller, TaskView task) {
        caller.session()
                .ifPresent(session -> transactions.run(caller.place(), () -> {
                    int turned = sql.update(
                            """
                            update agent_sessions set task_id = ?, workstream_id = ?
                             where workspace_id = ? and id = ? and task_id is distinct from ?
                            """,
                            task.id(),
                            task.workstream().map(stream -> stream.id()),
                            caller.workspaceId(),
                            session.id(),
                            task.id());
                    if (turned > 0) {
                        turnTo(caller, session.id(), task.id(), clock.instant());
                    }
                }));
    }

    /** From now on the session works on the task: late usage belongs to the task of its moment (AGT-6). */
    private void turnTo(Caller caller, UUID sessionId, UUID taskId, Instant now) {
        sql.update("""
                insert into session_tasks (workspace_id, session_id, since, task_id) values (?, ?, ?, ?)
                    on conflict (workspace_id, session_id, since) do update set task_id = excluded.task_id
                """, caller.workspaceId(), sessionId, now, taskId);
    }

    /**
     * Ends the caller's session.
     *
     * @throws Refusal.NotFound {@code session.unknown}
     * @throws Refusal.Conflict {@code session.ended}
     */
    public SessionView end(Caller caller, UUID id, SessionOutcome outcome, Optional<String> summary) {
        if (summary.map(String::length).orElse(0) > LONGEST_SUMMARY) {
            throw Refusal.invalidField("/summary", "A summary has at most " + LONGEST_SUMMARY + " characters.");
        }
        return transactions.in(caller.place(), () -> {
            close(caller, sessions.locked(caller, id), EndedBy.AGENT, outcome, summary.map(String::strip));
            return queries.view(caller, id);
        });
    }

    /** Ends the caller's session, as the companion noticed. One that has ended stays as it ended. */
    void endAsNoticed(Caller caller, UUID id, SessionOutcome outcome) {
        transactions.run(caller.place(), () -> {
            AgentSession session = sessions.locked(caller, id);
            if (!session.isEnded()) {
                close(caller, session, EndedBy.COMPANION, outcome, Optional.empty());
            }
        });
    }

    /**
     * Ends a session that nobody came back to, unless somebody just did. What it had taken goes back to the ready queue:
     * nobody works on it.
     */
    boolean sweep(Caller owner, UUID id, Instant unseenSince) {
        return transactions.in(owner.place(), () -> {
            List<UUID> taken = progress.takenIn(owner, id);
            AgentSession session = sessions.locked(owner, id);
            if (session.isEnded() || session.lastSeenAt.isAfter(unseenSince)) {
                return false;
            }
            close(owner, session, EndedBy.SWEEPER, SessionOutcome.ABANDONED, Optional.empty());
            Caller inSession = owner.in(new Caller.Session(session.id, session.agentType.key()));
            taken.forEach(task -> progress.move(inSession, task.toString(), TaskStatus.PLANNED));
            return true;
        });
    }

    private void close(
            Caller caller, AgentSession session, EndedBy by, SessionOutcome outcome, Optional<String> summary) {
        session.end(by, outcome, summary, clock.instant());
        sessions.flush();
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("agent", session.agentType.key());
        payload.put("outcome", outcome.key());
        payload.put("ended_by", by.key());
        summary.ifPresent(words -> payload.put("summary", words));
        Caller inSession = caller.in(new Caller.Session(session.id, session.agentType.key()));
        journal.record(inSession, EventKind.SESSION_ENDED, subject(session), payload);
        ended.fire(new SessionEnded(inSession, session.id));
    }

    private static Subject subject(AgentSession session) {
        return Subject.session(session.id, session.agentName, Optional.ofNullable(session.taskId));
    }
}
