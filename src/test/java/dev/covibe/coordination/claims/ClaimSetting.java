package dev.covibe.coordination.claims;

import dev.covibe.agents.SessionStart;
import dev.covibe.agents.Sessions;
import dev.covibe.identity.Caller;
import dev.covibe.overlap.Confirmation;
import dev.covibe.platform.sql.Ids;
import dev.covibe.testsupport.TestDatabase;
import dev.covibe.work.Planning;
import dev.covibe.work.TaskPlan;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Agents at work in clones of a repository, for the tests of claims. */
@Singleton
class ClaimSetting {

    static final String SSH = "git@github.com:acme/web.git";
    static final String HTTPS = "https://github.com/acme/web";

    private final Sessions sessions;
    private final Planning planning;

    ClaimSetting(Sessions sessions, Planning planning) {
        this.sessions = sessions;
        this.planning = planning;
    }

    /** The developer's agent, in a session of its own. */
    Caller agent(Caller developer, String remote, String worktree) {
        return agent(developer, remote, worktree, Optional.empty());
    }

    Caller agent(Caller developer, String remote, String worktree, Optional<String> task) {
        Caller.Token token = new Caller.Token(Ids.next(), "test", Optional.empty());
        Caller through = new Caller(
                developer.place(),
                developer.developerId(),
                developer.handle(),
                developer.role(),
                Optional.of(token),
                Optional.empty());
        UUID session = sessions.start(
                        through,
                        new SessionStart(
                                remote,
                                Optional.of("main"),
                                Optional.of(worktree),
                                Optional.of("codex"),
                                Optional.empty(),
                                Optional.empty(),
                                task,
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(Ids.next().toString())))
                .session()
                .id();
        return through.in(new Caller.Session(session, "codex"));
    }

    /** Plans work on paths of the repository; answers its key. */
    String plan(Caller caller, String title, List<String> paths, Confirmation confirmation) {
        return planning.planTask(caller, draft(title, paths, HTTPS), confirmation)
                .key();
    }

    static TaskPlan draft(String title, List<String> paths, String repository) {
        return new TaskPlan(
                title,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                paths,
                Optional.of(repository),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    static ClaimRequest on(String remote, String... paths) {
        return new ClaimRequest(
                Optional.of(remote),
                List.of(paths),
                Optional.empty(),
                ClaimMode.EXCLUSIVE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static ClaimRequest with(
            ClaimRequest request,
            ClaimMode mode,
            Optional<String> task,
            Optional<Integer> minutes,
            Optional<String> override) {
        return new ClaimRequest(request.repository(), request.paths(), task, mode, minutes, request.reason(), override);
    }

    static ClaimRequest shared(ClaimRequest request) {
        return with(request, ClaimMode.SHARED, request.task(), request.minutes(), request.override());
    }

    static ClaimRequest forTask(ClaimRequest request, String task) {
        return with(request, request.mode(), Optional.of(task), request.minutes(), request.override());
    }

    static ClaimRequest overriding(ClaimRequest request, String reason) {
        return with(request, request.mode(), request.task(), request.minutes(), Optional.of(reason));
    }

    static ClaimRequest onTask(String task) {
        return new ClaimRequest(
                Optional.empty(),
                List.of(),
                Optional.of(task),
                ClaimMode.EXCLUSIVE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Lets time pass for one session: neither it nor its claims have been heard of since. */
    static void unheard(Caller agent, String since) {
        UUID session = agent.session().orElseThrow().id();
        TestDatabase.execute(TestDatabase.superuser(), """
                update covibe.agent_sessions set last_seen_at = last_seen_at - interval '%1$s' where id = '%2$s';
                update covibe.claims
                   set claimed_at = claimed_at - interval '%1$s', expires_at = expires_at - interval '%1$s',
                       lapses_at = lapses_at - interval '%1$s'
                 where session_id = '%2$s';
                update covibe.overlap_holds set held_until = held_until - interval '%1$s'
                 where id in (select id from covibe.claims where session_id = '%2$s');
                """.formatted(since, session));
    }

    static long events(Caller caller, String kind) {
        return TestDatabase.count("select count(*) from covibe.work_events where workspace_id = '%s' and kind = '%s'"
                .formatted(caller.workspaceId(), kind));
    }
}
