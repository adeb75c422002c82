package dev.covibe.agents.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import dev.covibe.platform.sql.Ids;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Raw telemetry goes when its company wants it to; totals stay; months come when they are needed. */
@QuarkusTest
class ForgettingTest {

    @Inject
    Fixtures fixtures;

    @Inject
    Ledger ledger;

    @Inject
    UsageQueries usage;

    @Inject
    Forgetting forgetting;

    @Inject
    Months months;

    private final Instant now = Instant.now();

    @Test
    void what_one_company_forgets_another_keeps_and_totals_stay() {
        Fixtures.Workspace brief = fixtures.workspace();
        Fixtures.Workspace patient = fixtures.workspace();
        for (Fixtures.Workspace workspace : List.of(brief, patient)) {
            assertThat(report(workspace, "old", Duration.ofDays(20))).isEqualTo(Batch.Status.ACCEPTED);
            assertThat(report(workspace, "new", Duration.ofDays(2))).isEqualTo(Batch.Status.ACCEPTED);
        }
        TestDatabase.execute(
                TestDatabase.superuser(),
                "update covibe.tenants set raw_telemetry_days = 10 where id = '%s'"
                        .formatted(brief.admin().place().tenantId()));

        forgetting.run();

        assertThat(events(brief)).isEqualTo(1);
        assertThat(events(patient)).isEqualTo(2);
        assertThat(total(brief)).isEqualTo(total(patient)).isEqualTo(200);
        assertThat(report(brief, "old", Duration.ofDays(20)))
                .as("what was forgotten is too old to come again")
                .isEqualTo(Batch.Status.REFUSED);
        assertThat(total(brief)).isEqualTo(200);
    }

    @Test
    void a_month_that_nobody_wants_any_more_goes_whole_and_comes_back_when_it_is_needed() {
        Fixtures.Workspace workspace = fixtures.workspace();
        LocalDate old = LocalDate.ofInstant(now, ZoneOffset.UTC)
                .minusYears(10)
                .withDayOfMonth(1)
                .minusMonths(2);
        String partition =
                "covibe.usage_events_" + old.toString().substring(0, 7).replace('-', '_');
        Instant then = old.atStartOfDay(ZoneOffset.UTC).toInstant();
        months.ensure(workspace.admin().place(), List.of(then));
        assertThat(TestDatabase.text("select to_regclass('%s') is not null".formatted(partition)))
                .isEqualTo("t");

        forgetting.run();
        assertThat(TestDatabase.text("select to_regclass('%s') is null".formatted(partition)))
                .isEqualTo("t");

        months.ensure(workspace.admin().place(), List.of(then));
        assertThat(TestDatabase.text(
                        "select c.relrowsecurity and c.relforcerowsecurity and not has_table_privilege('covibe_app', c.oid, 'select, insert') from pg_class c where c.oid = '%s'::regclass"
                                .formatted(partition)))
                .as("a new month is as closed as the others")
                .isEqualTo("t");
        forgetting.run();
    }

    @Test
    void nobody_makes_months_of_another_age() {
        assertThatThrownBy(() -> months.ensure(
                        fixtures.workspace().admin().place(), List.of(Instant.parse("1999-01-01T00:00:00Z"))))
                .hasStackTraceContaining("no telemetry is kept for these months");
    }

    private Batch.Status report(Fixtures.Workspace workspace, String id, Duration ago) {
        Caller admin = workspace.admin();
        Caller caller = new Caller(
                admin.place(),
                admin.developerId(),
                admin.handle(),
                admin.role(),
                Optional.of(new Caller.Token(Ids.next(), "test", Optional.empty())),
                Optional.empty());
        Batch batch = new Batch();
        batch.add(new UsageItem(
                batch.next(),
                Keys.of(id),
                UsageSource.HOOK,
                new UsageItem.Sitting(AgentType.CODEX, Optional.empty(), Optional.empty()),
                now.minus(ago),
                "openai",
                "gpt-5-codex",
                Amounts.call(100, 0, 0, 0, 0),
                UsageItem.UNKNOWN_COST,
                Optional.empty(),
                Optional.empty()));
        ledger.enter(caller, batch);
        return batch.verdicts().getFirst().status();
    }

    private long total(Fixtures.Workspace workspace) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return usage.total(workspace.admin(), today.minusDays(60), today).inputTokens();
    }

    private static long events(Fixtures.Workspace workspace) {
        return TestDatabase.count("select count(*) from covibe.usage_events where workspace_id = '%s'"
                .formatted(workspace.admin().workspaceId()));
    }
}
