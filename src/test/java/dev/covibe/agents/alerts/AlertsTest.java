package dev.covibe.agents.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.covibe.agents.registry.AgentQueries;
import dev.covibe.agents.registry.AgentStatus;
import dev.covibe.agents.registry.Registry;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
class AlertsTest {

    @Inject
    Fixtures fixtures;

    @Inject
    AlertCheck check;

    @Inject
    Alerts alerts;

    @Inject
    Registry registry;

    @Inject
    AgentQueries agents;

    Caller admin;

    @BeforeEach
    void freshWorkspace() {
        admin = fixtures.workspace().admin();
    }

    private List<AlertView> open() {
        check.check(admin.place());
        return alerts.page(admin, true, Optional.empty(), 50).items();
    }

    private static void seen(UUID session, String ago) {
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.agent_sessions set last_seen_at = now() - interval '" + ago + "' where id = '" + session
                        + "'");
    }

    @Test
    void a_session_that_falls_silent_raises_one_alert_that_goes_when_it_speaks_again() {
        UUID session = Usage.session(admin, "codex", "2 hours", "31 minutes");

        assertThat(open()).singleElement().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(AlertKind.STALE_SESSION);
            assertThat(alert.subject()).isEqualTo(session);
            assertThat(alert.sentence()).contains("@" + admin.handle() + " / codex");
        });
        UUID first = open().getFirst().id();
        assertThat(open()).extracting(AlertView::id).containsExactly(first);

        seen(session, "1 minute");
        assertThat(open()).isEmpty();
        assertThat(alerts.page(admin, false, Optional.empty(), 50).items())
                .singleElement()
                .satisfies(alert -> assertThat(alert.closedAt()).isPresent());

        seen(session, "40 minutes");
        assertThat(open()).singleElement().satisfies(alert -> assertThat(alert.id())
                .isNotEqualTo(first));
    }

    @Test
    void an_idle_session_is_of_interest_while_its_task_is_in_progress() {
        UUID session = Usage.session(admin, "codex", "2 hours", "6 minutes");
        assertThat(open()).isEmpty();

        Usage.on(session, task("in_progress"));
        assertThat(open()).extracting(AlertView::kind).containsExactly(AlertKind.IDLE_SESSION);
        seen(session, "31 minutes");
        assertThat(open()).extracting(AlertView::kind).containsExactly(AlertKind.STALE_SESSION);
        Usage.ended(session, "sweeper", "abandoned");
        assertThat(open()).isEmpty();
    }

    private UUID task(String status) {
        UUID id = UUID.randomUUID();
        TestDatabase.execute(
                TestDatabase.superuser(), """
                insert into covibe.tasks (id, workspace_id, project_id, number, title, status, priority, planned_by,
                                          created_at, updated_at)
                select '%s', workspace_id, id, 1, 'Mend the fence', '%s', 'none', '%s', now(), now()
                  from covibe.projects where workspace_id = '%s'
                """.formatted(id, status, admin.developerId(), admin.workspaceId()));
        return id;
    }

    @ParameterizedTest
    @CsvSource({"19, 19, false", "20, 4, false", "20, 5, true", "100, 24, false", "100, 25, true"})
    void an_agent_fails_when_a_quarter_of_at_least_twenty_calls_failed(long calls, long failed, boolean raised) {
        UUID session = Usage.session(admin, "codex", "1 hour", "1 minute");
        Usage.book(admin, new Usage.Booked(session, Optional.empty(), 1, calls, failed, 10, 0, 0));

        assertThat(open()).hasSize(raised ? 1 : 0);
    }

    @Test
    void calls_of_the_day_before_yesterday_count_no_more() {
        UUID session = Usage.session(admin, "codex", "3 days", "1 minute");
        Usage.book(admin, new Usage.Booked(session, Optional.empty(), 2, 100, 100, 10, 0, 0));

        assertThat(open()).isEmpty();
    }

    @Test
    void an_agent_fails_when_half_of_at_least_four_endings_are_bad_unless_it_is_paused() {
        for (String outcome : List.of("done", "done", "failed")) {
            Usage.ended(Usage.session(admin, "codex", "2 hours", "1 hour"), "agent", outcome);
        }
        assertThat(open()).isEmpty();
        Usage.ended(Usage.session(admin, "codex", "2 hours", "1 hour"), "sweeper", "abandoned");

        assertThat(open()).singleElement().satisfies(alert -> {
            assertThat(alert.kind()).isEqualTo(AlertKind.FAILING_AGENT);
            assertThat(alert.sentence()).contains("2 of 4 sessions badly");
        });
        registry.edit(admin, agents.list(admin, 30).getFirst().id(), Optional.empty(), Optional.of(AgentStatus.PAUSED));
        assertThat(open()).isEmpty();
    }

    /** The median of five usual days of $4 is $4: twice that and $5 more is $9. */
    @ParameterizedTest
    @CsvSource({"5, 8.99, false", "5, 9.00, true", "4, 9.00, false"})
    void a_day_is_a_spike_at_twice_the_median_and_five_dollars_more(int usualDays, double dollars, boolean raised) {
        UUID session = Usage.session(admin, "codex", "20 days", "1 minute");
        for (int day = 1; day <= usualDays; day++) {
            spend(session, day + 1, 4);
        }
        spend(session, 0, dollars);

        assertThat(open())
                .filteredOn(alert -> alert.kind() == AlertKind.SPEND_SPIKE)
                .hasSize(raised ? 2 : 0);
        if (raised) {
            assertThat(open())
                    .extracting(AlertView::subject)
                    .containsExactlyInAnyOrder(admin.workspaceId(), admin.developerId());
            assertThat(open()).extracting(AlertView::sentence).anySatisfy(sentence -> assertThat(sentence)
                    .contains("The workspace spent $9.00")
                    .contains("the usual day is $4.00"));
        }
    }

    private void spend(UUID session, int daysAgo, double dollars) {
        Usage.book(
                admin,
                new Usage.Booked(session, Optional.empty(), daysAgo, 1, 0, 10, Math.round(dollars * 1_000_000_000), 0));
    }

    @Test
    void an_acknowledged_alert_stays_open_and_wants_nobody_any_more() {
        Usage.session(admin, "codex", "2 hours", "31 minutes");
        UUID id = open().getFirst().id();
        assertThat(alerts.wanting(admin)).isEqualTo(1);

        AlertView alert = alerts.acknowledge(admin, id);
        assertThat(alert.acknowledgedBy()).contains(admin.handle());
        assertThat(alert.wanting()).isFalse();
        assertThat(alerts.wanting(admin)).isZero();
        assertThat(open()).hasSize(1);

        AlertView again = alerts.withdraw(admin, id);
        assertThat(again.acknowledgedBy()).isEmpty();
        assertThat(again.wanting()).isTrue();
        assertThat(alerts.wanting(admin)).isEqualTo(1);
    }

    @Test
    void a_snoozed_alert_is_quiet_even_when_its_cause_goes_and_comes_back() {
        UUID session = Usage.session(admin, "codex", "2 hours", "31 minutes");
        AlertView snoozed = alerts.snooze(admin, open().getFirst().id(), 4);
        assertThat(snoozed.wanting()).isFalse();

        seen(session, "1 minute");
        assertThat(open()).isEmpty();
        refused("alert.closed", () -> alerts.wake(admin, snoozed.id()));
        seen(session, "31 minutes");
        assertThat(open()).singleElement().satisfies(alert -> {
            assertThat(alert.id()).isNotEqualTo(snoozed.id());
            assertThat(alert.wanting()).isFalse();
            assertThat(alerts.wake(admin, alert.id()).wanting()).isTrue();
        });
        refused("request.invalid", () -> alerts.snooze(admin, open().getFirst().id(), 721));
    }

    @Test
    void a_stranger_learns_of_no_alert() {
        Usage.session(admin, "codex", "2 hours", "31 minutes");
        UUID id = open().getFirst().id();
        Caller stranger = fixtures.workspace().admin();

        assertThat(alerts.page(stranger, false, Optional.empty(), 50).items()).isEmpty();
        refused("alert.unknown", () -> alerts.acknowledge(stranger, id));
        refused("alert.unknown", () -> alerts.snooze(stranger, id, 4));
    }

    @Test
    void the_scheduled_check_finds_every_workspace_where_somebody_is_open() {
        Usage.session(admin, "codex", "2 hours", "31 minutes");

        check.run();

        assertThat(alerts.wanting(admin)).isEqualTo(1);
    }

    private static void refused(String code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.code())
                .isEqualTo(code));
    }
}
