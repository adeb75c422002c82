package dev.covibe.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import dev.covibe.journal.EventKind;
import dev.covibe.journal.Journal;
import dev.covibe.overlap.Confirmation;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Ids;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import dev.covibe.work.Planning;
import dev.covibe.work.Progress;
import dev.covibe.work.TaskPlan;
import dev.covibe.work.TaskStatus;
import dev.covibe.work.TaskView;
import dev.covibe.work.WorkQueries;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class SessionsTest {

    private static final String REPOSITORY = "github.com/acme/web";

    @Inject
    Fixtures fixtures;

    @Inject
    Sessions sessions;

    @Inject
    SessionQueries queries;

    @Inject
    Sweeper sweeper;

    @Inject
    Planning planning;

    @Inject
    Progress progress;

    @Inject
    WorkQueries work;

    @Inject
    Journal journal;

    Fixtures.Workspace workspace;

    @BeforeEach
    void freshWorkspace() {
        workspace = fixtures.workspace();
    }

    @Test
    void a_session_begins_active_and_says_where_it_is() {
        SessionView session = start(untyped(), "claude-code", "mcp-1", "main");

        assertThat(session.state()).isEqualTo(SessionState.ACTIVE);
        assertThat(session.repository()).contains(REPOSITORY);
        assertThat(session.branch()).contains("main");
        assertThat(session.agent()).isEqualTo(AgentType.CLAUDE_CODE);
        assertThat(session.developer()).isEqualTo(workspace.admin().handle());
    }

    @Test
    void a_typed_token_knows_better_than_the_agent() {
        Caller codex = typed(AgentType.CODEX);

        assertThat(start(codex, "Claude Code", "mcp-1", "main"))
                .extracting(SessionView::agent, SessionView::agentName)
                .containsExactly(AgentType.CODEX, "Codex");
        assertThat(start(codex, "codex-cli", "mcp-2", "main").agentName()).isEqualTo("codex-cli");
        assertThat(start(untyped(), "My Own Thing", "mcp-3", "main").agent()).isEqualTo(AgentType.OTHER);
    }

    @Test
    void asking_again_from_the_same_client_goes_on_with_the_same_session() {
        Caller agent = untyped();
        SessionView first = start(agent, "codex", "mcp-1", "main");

        assertThat(start(agent, "codex", "mcp-1", "main").id()).isEqualTo(first.id());
        assertThat(start(agent, "codex", "mcp-1", "other").id()).isNotEqualTo(first.id());
        assertThat(start(agent, "codex", "mcp-2", "main").id()).isNotEqualTo(first.id());
    }

    @Test
    void silence_makes_a_session_idle_then_stale_and_a_sign_of_life_makes_it_active() {
        Caller agent = untyped();
        SessionView session = start(agent, "codex", "mcp-1", "main");

        unseen(session, "6 minutes");
        assertThat(view(session).state()).isEqualTo(SessionState.IDLE);
        unseen(session, "31 minutes");
        assertThat(view(session).state()).isEqualTo(SessionState.STALE);
        assertThat(queries.inRepository(agent, REPOSITORY, Ids.next(), 10)).isEmpty();

        sessions.seen(agent, current(agent, "mcp-1"));
        assertThat(view(session).state()).isEqualTo(SessionState.ACTIVE);
        assertThat(queries.inRepository(agent, REPOSITORY, Ids.next(), 10))
                .extracting(SessionView::id)
                .containsExactly(session.id());
    }

    @Test
    void a_call_belongs_to_what_it_names_else_to_its_client_else_to_what_the_token_did_last() {
        Caller agent = untyped();
        SessionView first = start(agent, "codex", "mcp-1", "main");
        SessionView second = start(agent, "codex", "mcp-2", "feature");
        unseen(first, "2 minutes");

        assertThat(sessions.current(agent, Optional.of(first.id()), Optional.of("mcp-2"))
                        .orElseThrow()
                        .id())
                .isEqualTo(first.id());
        assertThat(current(agent, "mcp-1").id()).isEqualTo(first.id());
        assertThat(current(agent, "unknown").id()).isEqualTo(second.id());
        assertThat(sessions.current(untyped(), Optional.empty(), Optional.of("mcp-1")))
                .isEmpty();
    }

    @Test
    void an_ended_session_is_over_until_it_is_resumed() {
        Caller agent = untyped();
        SessionView session = start(agent, "codex", "mcp-1", "main");

        SessionView ended = sessions.end(agent, session.id(), SessionOutcome.PARTIAL, Optional.of("Half of it."));
        assertThat(ended.state()).isEqualTo(SessionState.ENDED);
        assertThat(ended.endedBy()).contains("agent");
        assertThat(sessions.current(agent, Optional.empty(), Optional.of("mcp-1")))
                .isEmpty();
        refused("session.ended", () -> sessions.end(agent, session.id(), SessionOutcome.DONE, Optional.empty()));
        refused("session.ended", () -> sessions.current(agent, Optional.of(session.id()), Optional.empty()));

        Sessions.Started resumed = sessions.start(agent, asking("codex", "mcp-9", "main", Optional.of(session.id())));
        assertThat(resumed.resumed()).isTrue();
        assertThat(resumed.session().id()).isEqualTo(session.id());
        assertThat(resumed.session().outcome()).isEmpty();
        assertThat(current(agent, "mcp-9").id()).isEqualTo(session.id());
    }

    @Test
    void nobody_ends_or_resumes_anothers_session() {
        SessionView session = start(untyped(), "codex", "mcp-1", "main");
        Caller colleague = fixtures.member(workspace, "ada");
        Caller stranger = fixtures.workspace().admin();

        for (Caller other : List.of(colleague, stranger)) {
            refused("session.unknown", () -> sessions.end(other, session.id(), SessionOutcome.DONE, Optional.empty()));
            refused(
                    "session.unknown",
                    () -> sessions.start(other, asking("codex", "mcp-1", "main", Optional.of(session.id()))));
            refused("session.unknown", () -> sessions.current(other, Optional.of(session.id()), Optional.empty()));
        }
        refused("session.unknown", () -> queries.view(stranger, session.id()));
    }

    @Test
    void the_sweeper_ends_what_nobody_came_back_to_for_a_day() {
        Caller agent = untyped();
        SessionView forgotten = start(agent, "codex", "mcp-1", "main");
        SessionView recent = start(agent, "codex", "mcp-2", "main");
        unseen(forgotten, "25 hours");
        unseen(recent, "23 hours");

        sweeper.run();

        assertThat(view(forgotten).endedBy()).contains("sweeper");
        assertThat(view(forgotten).outcome()).contains(SessionOutcome.ABANDONED);
        assertThat(view(recent).state()).isEqualTo(SessionState.STALE);
        assertThat(TestDatabase.count("""
                select count(*) from covibe.work_events
                 where kind = 'session_ended' and session_id = '%s' and payload ->> 'ended_by' = 'sweeper'
                """.formatted(forgotten.id()))).isEqualTo(1);
    }

    @Test
    void what_a_dead_session_had_taken_goes_back_to_the_ready_queue_and_says_why() {
        Caller agent = untyped();
        SessionView forgotten = start(agent, "codex", "mcp-1", "main");
        SessionView alive = start(agent, "codex", "mcp-2", "main");
        String left = taken(agent, forgotten, "Paint the shed");
        String kept = taken(agent, alive, "Mow the lawn");
        unseen(forgotten, "25 hours");

        sweeper.run();

        TaskView task = work.task(agent, left);
        assertThat(task.status()).isEqualTo(TaskStatus.PLANNED);
        assertThat(task.owner()).isEmpty();
        assertThat(task.ready()).isTrue();
        assertThat(journal.ofTask(agent, task.id(), 10))
                .extracting(event -> event.kind())
                .contains(EventKind.SESSION_ENDED, EventKind.CHANGED);
        assertThat(work.task(agent, kept).status()).isEqualTo(TaskStatus.IN_PROGRESS);
    }

    private String taken(Caller agent, SessionView session, String title) {
        Caller inSession =
                agent.in(new Caller.Session(session.id(), session.agent().key()));
        String key = planning.planTask(
                        inSession,
                        new TaskPlan(
                                title,
                                Optional.empty(),
                                Optional.of("WEB"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                Optional.empty()),
                        Confirmation.NONE)
                .key();
        TaskView task = progress.take(inSession, Optional.of(key), Optional.empty());
        sessions.workOn(inSession, task);
        return key;
    }

    @Test
    void a_place_that_is_no_repository_is_refused() {
        assertThatThrownBy(() -> sessions.start(
                        untyped(),
                        new SessionStart(
                                "/home/lin/web",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())))
                .isInstanceOf(Refusal.Invalid.class)
                .hasMessageContaining("not a repository's remote");
    }

    private Caller untyped() {
        return with(new Caller.Token(Ids.next(), "test", Optional.empty()));
    }

    private Caller typed(AgentType type) {
        return with(new Caller.Token(Ids.next(), "test", Optional.of(type)));
    }

    private Caller with(Caller.Token token) {
        Caller admin = workspace.admin();
        return new Caller(
                admin.place(), admin.developerId(), admin.handle(), admin.role(), Optional.of(token), Optional.empty());
    }

    private SessionView start(Caller agent, String name, String mcpSession, String branch) {
        return sessions.start(agent, asking(name, mcpSession, branch, Optional.empty()))
                .session();
    }

    private static SessionStart asking(String name, String mcpSession, String branch, Optional<UUID> resume) {
        return new SessionStart(
                "git@github.com:Acme/Web.git",
                Optional.of(branch),
                Optional.empty(),
                Optional.of(name),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                resume,
                Optional.of(mcpSession));
    }

    private CurrentSession current(Caller agent, String mcpSession) {
        return sessions.current(agent, Optional.empty(), Optional.of(mcpSession))
                .orElseThrow();
    }

    private SessionView view(SessionView session) {
        return queries.view(workspace.admin(), session.id());
    }

    private static void unseen(SessionView session, String since) {
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.agent_sessions set last_seen_at = now() - interval '%s' where id = '%s'"
                        .formatted(since, session.id()));
    }

    private static void refused(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.code())
                .isEqualTo(code));
    }
}
