package dev.covibe.insight.performance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.covibe.identity.Caller;
import dev.covibe.insight.facts.Period;
import dev.covibe.insight.facts.Periods;
import dev.covibe.journal.EventKind;
import dev.covibe.journal.Journal;
import dev.covibe.journal.Subject;
import dev.covibe.platform.sql.Ids;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import dev.covibe.testsupport.Usage;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every figure of a report against the raw rows (INS-3), for teams that did whatever chance made them do. */
@QuarkusTest
class TeamFiguresTest {

    private static final List<String> OUTCOMES = List.of("done", "partial", "failed", "abandoned");
    private static final List<EventKind> KINDS =
            List.of(EventKind.NOTED, EventKind.UNBLOCKED, EventKind.DECIDED, EventKind.BLOCKED);

    @Inject
    Fixtures fixtures;

    @Inject
    Performance performance;

    @Inject
    DeveloperPerformance developers;

    @Inject
    AgentPerformance agents;

    @Inject
    Periods periods;

    @Inject
    Journal journal;

    @Inject
    ObjectMapper json;

    Caller admin;
    Caller ada;

    private Period aTeamOfChance(long seed) {
        Random random = new Random(seed);
        Fixtures.Workspace workspace = fixtures.workspace();
        admin = workspace.admin();
        ada = fixtures.member(workspace, "ada");
        UUID project = project();
        List<UUID> tasks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            tasks.add(task(project, random.nextBoolean() ? admin : ada, i, random));
        }
        for (int i = 0; i < 25; i++) {
            Caller who = random.nextBoolean() ? admin : ada;
            int days = 1 + random.nextInt(20);
            UUID session = Usage.session(who, "codex", days + " days", days * 24 - random.nextInt(3) + " hours");
            if (random.nextInt(4) > 0) {
                Usage.ended(session, "agent", OUTCOMES.get(random.nextInt(4)));
            }
            Optional<UUID> task = random.nextBoolean() ? Optional.of(tasks.get(random.nextInt(8))) : Optional.empty();
            Usage.book(
                    who,
                    new Usage.Booked(
                            session,
                            task,
                            days,
                            1 + random.nextInt(9),
                            random.nextInt(2),
                            random.nextInt(9_000),
                            random.nextInt(2_000_000_000),
                            0));
            steps(session, random.nextInt(6));
            journal.record(
                    who,
                    KINDS.get(random.nextInt(4)),
                    Subject.session(Ids.next(), "codex", Optional.empty()),
                    Map.of());
        }
        return periods.last(admin, 28);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void each_developer_s_figures_and_the_team_s_are_those_of_the_raw_rows(long seed) throws SQLException {
        Period period = aTeamOfChance(seed);

        DevelopersReport report = developers.report(admin, period);
        for (DevelopersReport.Developer one : report.developers()) {
            assertThat(words(one.now())).as("@" + one.handle()).isEqualTo(raw("d.id = '" + one.id() + "'"));
            assertThat(developers.profile(ada, one.handle(), period).developer().now())
                    .isEqualTo(one.now());
        }
        Overview overview = performance.overview(ada, period);
        assertThat(words(overview.current())).isEqualTo(raw("true"));
        assertThat(overview.current()).isEqualTo(report.team());
        assertThat(agents.report(admin, period).used().costNanos())
                .isEqualTo(overview.current().nanos());
        assertThat(overview.trends().stream()
                        .filter(trend -> trend.metric() == Metric.COST)
                        .flatMap(trend -> trend.days().stream())
                        .mapToDouble(day -> day.value().orElseThrow())
                        .sum())
                .isEqualTo(overview.current().nanos().doubleValue());
    }

    /** Two servers are two machines, which may be set up differently. */
    @Test
    void the_report_is_the_same_on_a_machine_with_another_language_and_time_zone() throws JsonProcessingException {
        Period period = aTeamOfChance(14);
        Locale language = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        String here = all(period);
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            assertThat(all(period)).isEqualTo(here);
        } finally {
            Locale.setDefault(language);
            TimeZone.setDefault(zone);
        }
    }

    private String all(Period period) throws JsonProcessingException {
        return json.writeValueAsString(performance.overview(admin, period))
                + json.writeValueAsString(developers.report(admin, period))
                + json.writeValueAsString(developers.profile(admin, "ada", period))
                + json.writeValueAsString(agents.report(admin, period));
    }

    private static String words(Figures figures) {
        return String.join(
                " ",
                List.of(
                                figures.tasks(),
                                figures.cycleSeconds(),
                                figures.sessions(),
                                figures.ended(),
                                figures.done(),
                                figures.seconds(),
                                figures.calls(),
                                figures.failedCalls(),
                                figures.tokens(),
                                figures.attributedTokens(),
                                figures.nanos(),
                                figures.events(),
                                figures.answers(),
                                figures.spans(),
                                figures.errors(),
                                figures.tools(),
                                figures.toolErrors())
                        .stream()
                        .map(String::valueOf)
                        .toList());
    }

    private String raw(String who) throws SQLException {
        String query = """
                with d as (select d.id from covibe.developers d where d.id in ('%2$s', '%3$s') and %4$s),
                     t as (select * from covibe.tasks where workspace_id = '%1$s' and status = 'done' and owner_id in (select id from d)),
                     s as (select * from covibe.agent_sessions where workspace_id = '%1$s' and developer_id in (select id from d)),
                     u as (select * from covibe.usage_by_stream where workspace_id = '%1$s' and developer_id in (select id from d)),
                     e as (select * from covibe.work_events where workspace_id = '%1$s' and developer_id in (select id from d)),
                     p as (select * from covibe.spans where workspace_id = '%1$s' and developer_id in (select id from d))
                select concat_ws(' ',
                       (select count(*) from t), (select sum(extract(epoch from ended_at - started_at))::bigint from t),
                       (select count(*) from s), (select count(*) from s where ended_at is not null),
                       (select count(*) from s where outcome = 'done'),
                       (select sum(extract(epoch from coalesce(ended_at, last_seen_at) - started_at))::bigint from s),
                       (select sum(calls) from u), (select sum(failed) from u), (select sum(input_tokens) from u),
                       (select coalesce(sum(input_tokens), 0) from u where task_id is not null), (select sum(computed_nanos) from u),
                       (select count(*) from e), (select count(*) from e where kind in ('unblocked', 'decided')),
                       (select count(*) from p), (select count(*) from p where status = 'error'),
                       (select count(*) from p where operation = 'tool'),
                       (select count(*) from p where operation = 'tool' and status = 'error'))
                """.formatted(admin.workspaceId(), admin.developerId(), ada.developerId(), who);
        try (Connection connection = TestDatabase.superuser().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private UUID project() {
        try (Connection connection = TestDatabase.superuser().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select id from covibe.projects where workspace_id = '" + admin.workspaceId() + "'")) {
            rows.next();
            return rows.getObject(1, UUID.class);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private UUID task(UUID project, Caller owner, int number, Random random) {
        UUID id = Ids.next();
        int days = 1 + random.nextInt(20);
        superuser("""
                insert into covibe.tasks (id, workspace_id, project_id, number, title, status, priority, owner_id, planned_by, outcome,
                                          created_at, updated_at, started_at, ended_at)
                values ('%1$s', '%2$s', '%3$s', %4$d, 'A task', 'done', 'none', '%5$s', '%5$s', 'done', now() - interval '%6$d days',
                        now() - interval '%6$d days', now() - interval '%6$d days', now() - interval '%6$d days' + interval '%7$d minutes')
                """.formatted(
                id, admin.workspaceId(), project, 100 + number, owner.developerId(), days, 1 + random.nextInt(900)));
        return id;
    }

    private static void steps(UUID session, int many) {
        superuser("""
                insert into covibe.spans (workspace_id, at, id, trace_id, span_id, developer_id, session_id, agent_type,
                                          operation, tool, model, status, duration_ms)
                select s.workspace_id, s.started_at + n * interval '1 minute', gen_random_uuid(), md5(random()::text),
                       left(md5(random()::text), 16), s.developer_id, s.id, 'codex', case when n %% 3 = 0 then 'chat' else 'tool' end,
                       case when n %% 3 = 0 then null else 'Bash' end, case when n %% 3 = 0 then 'gpt-6-sol' end,
                       case when n %% 2 = 0 then 'error' else 'ok' end, n * 100
                  from covibe.agent_sessions s, generate_series(1, %d) as n where s.id = '%s'
                """.formatted(many, session));
    }

    private static void superuser(String statement) {
        TestDatabase.execute(TestDatabase.superuser(), statement);
    }
}
