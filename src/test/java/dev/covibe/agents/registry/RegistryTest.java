package dev.covibe.agents.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import dev.covibe.testsupport.Usage;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RegistryTest {

    @Inject
    Fixtures fixtures;

    @Inject
    Registry registry;

    @Inject
    AgentQueries queries;

    Fixtures.Workspace workspace;
    Caller admin;

    @BeforeEach
    void freshWorkspace() {
        workspace = fixtures.workspace();
        admin = workspace.admin();
    }

    private AgentView only() {
        List<AgentView> agents = queries.list(admin, 30);
        assertThat(agents).hasSize(1);
        return agents.getFirst();
    }

    @Test
    void an_agent_is_known_from_its_first_session_on_and_once() {
        Usage.session(admin, "Night build", "2 hours", "1 hour");
        Usage.session(admin, "Night build", "1 hour", "1 minute");

        AgentView agent = only();
        assertThat(agent.name()).isEqualTo("Night build");
        assertThat(agent.type()).isEqualTo(AgentType.CODEX);
        assertThat(agent.owner()).isEqualTo(admin.handle());
        assertThat(agent.status()).isEqualTo(AgentStatus.ACTIVE);
        assertThat(agent.figures().sessions()).isEqualTo(2);
        assertThat(agent.figures().open()).isEqualTo(2);
    }

    @Test
    void a_session_that_learns_its_agents_name_makes_that_agent_known() {
        UUID session = Usage.session(admin, "codex", "2 hours", "1 hour");
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.agent_sessions set agent_name = 'Codex CLI' where id = '" + session + "'");

        assertThat(queries.list(admin, 30)).extracting(AgentView::name).contains("Codex CLI");
    }

    @Test
    void another_owners_agent_of_the_same_name_is_another_agent() {
        Caller ada = fixtures.member(workspace, "ada");
        Usage.session(admin, "codex", "2 hours", "1 hour");
        Usage.session(ada, "codex", "2 hours", "1 hour");

        assertThat(queries.list(admin, 30))
                .extracting(AgentView::owner)
                .containsExactlyInAnyOrder("ada", admin.handle());
    }

    @Test
    void the_figures_are_derived_from_sessions_usage_and_spans() {
        UUID done = Usage.session(admin, "codex", "4 hours", "2 hours");
        UUID failed = Usage.session(admin, "codex", "3 hours", "1 hour");
        UUID silent = Usage.session(admin, "codex", "30 minutes", "1 minute");
        Usage.ended(done, "agent", "done");
        Usage.ended(failed, "agent", "failed");
        Usage.book(admin, new Usage.Booked(done, Optional.empty(), 0, 8, 0, 1_000, 4_000_000_000L, 0));
        Usage.book(admin, new Usage.Booked(failed, Optional.empty(), 0, 2, 1, 500, 1_000_000_000L, 0));
        span(done, "ok");
        span(done, "error");
        span(failed, "ok");
        span(silent, "ok");

        AgentView.Figures figures = only().figures();
        assertThat(figures.sessions()).isEqualTo(3);
        assertThat(figures.open()).isEqualTo(1);
        assertThat(figures.completion()).contains(0.5);
        assertThat(figures.calls()).isEqualTo(10);
        assertThat(figures.callErrors()).contains(0.1);
        assertThat(figures.toolErrors()).contains(0.25);
        assertThat(figures.covered()).isEqualTo(2);
        assertThat(figures.costNanos()).isEqualTo(5_000_000_000L);
        assertThat(figures.costPerSessionNanos()).contains(2_500_000_000L);
        // 4 h to 1 h ago, laid over one another, and half an hour.
        assertThat(figures.hours()).isBetween(3.4, 3.6);
        assertThat(figures.activeDays()).isBetween(1L, 2L);
        assertThat(figures.utilisation()).isEqualTo(figures.activeDays() / 30.0);
    }

    private void span(UUID session, String status) {
        TestDatabase.execute(
                TestDatabase.superuser(), """
                insert into covibe.spans (workspace_id, at, id, trace_id, span_id, developer_id, session_id, agent_type,
                                          operation, tool, status, duration_ms)
                values ('%s', now() - interval '1 hour', gen_random_uuid(), md5(random()::text), left(md5(random()::text), 16),
                        '%s', '%s', 'codex', 'tool', 'Bash', '%s', 1200)
                """.formatted(admin.workspaceId(), admin.developerId(), session, status));
    }

    @Test
    void what_nothing_is_known_of_is_absent_and_never_nought() {
        Usage.session(admin, "codex", "2 hours", "1 hour");

        AgentView.Figures figures = only().figures();
        assertThat(figures.completion()).isEmpty();
        assertThat(figures.callErrors()).isEmpty();
        assertThat(figures.toolErrors()).isEmpty();
        assertThat(figures.costPerSessionNanos()).isEmpty();
    }

    @Test
    void an_agent_written_down_before_its_first_session_is_the_one_that_the_session_belongs_to() {
        AgentView written =
                registry.add(admin, Optional.empty(), AgentType.CODEX, "Night build", "Updates dependencies");
        Usage.session(admin, "Night build", "1 hour", "1 minute");

        assertThat(only().id()).isEqualTo(written.id());
        assertThat(only().purpose()).isEqualTo("Updates dependencies");
        assertThat(only().figures().sessions()).isEqualTo(1);
        refused("agent.known", () -> registry.add(admin, Optional.empty(), AgentType.CODEX, "Night build", ""));
    }

    @Test
    void its_owner_and_admins_change_an_agent_and_nobody_else() {
        Caller ada = fixtures.member(workspace, "ada");
        Caller bob = fixtures.member(workspace, "bob");
        UUID id = registry.add(ada, Optional.empty(), AgentType.CURSOR, "Cursor", "")
                .id();

        assertThat(registry.edit(ada, id, Optional.of("Reviews"), Optional.empty())
                        .purpose())
                .isEqualTo("Reviews");
        AgentView paused = registry.edit(admin, id, Optional.empty(), Optional.of(AgentStatus.PAUSED));
        assertThat(paused.status()).isEqualTo(AgentStatus.PAUSED);
        assertThat(paused.purpose()).isEqualTo("Reviews");
        refused("agent.not-yours", () -> registry.edit(bob, id, Optional.of("x"), Optional.empty()));
        refused("agent.not-yours", () -> registry.add(bob, Optional.of("ada"), AgentType.CODEX, "Mine", ""));
        refused(
                "agent.unknown",
                () -> registry.edit(fixtures.workspace().admin(), id, Optional.of("x"), Optional.empty()));
    }

    private static void refused(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.code())
                .isEqualTo(code));
    }
}
