package dev.covibe.insight.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.covibe.agents.daily.SessionDays;
import dev.covibe.identity.Caller;
import dev.covibe.journal.EventKind;
import dev.covibe.journal.Journal;
import dev.covibe.journal.Subject;
import dev.covibe.platform.sql.Ids;
import dev.covibe.tenancy.Calendar;
import dev.covibe.tenancy.Workspaces;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import dev.covibe.testsupport.Usage;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The daily facts against the raw rows (INS-3): whatever happened in whatever order, they say the same. */
@QuarkusTest
class FactsTest {

    /** Half an hour off the full one, and on the other side of the date line from Kiritimati. */
    private static final String ADELAIDE = "Australia/Adelaide";

    private static final List<String> AGENTS = List.of("Night build", "codex", "Reviewer");
    private static final List<String> OUTCOMES = List.of("done", "partial", "failed", "abandoned");

    @Inject
    Fixtures fixtures;

    @Inject
    Facts facts;

    @Inject
    EventDays eventDays;

    @Inject
    SessionDays sessionDays;

    @Inject
    Journal journal;

    @Inject
    Workspaces workspaces;

    Fixtures.Workspace workspace;
    Caller admin;
    Caller ada;

    @BeforeEach
    void freshWorkspace() {
        workspace = fixtures.workspace();
        admin = workspace.admin();
        ada = fixtures.member(workspace, "ada");
        superuser("update covibe.workspaces set time_zone = '%s' where id = '%s'"
                .formatted(ADELAIDE, admin.workspaceId()));
    }

    private Period period() {
        Calendar calendar = workspaces.calendar(admin.place());
        return Period.upTo(calendar.day(Instant.now()), 28, calendar);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void the_facts_say_what_the_raw_rows_say_whatever_happens_between_two_readings(long seed) throws SQLException {
        Random random = new Random(seed);
        List<UUID> sessions = new ArrayList<>();
        for (int step = 0; step < 40; step++) {
            Caller who = random.nextBoolean() ? admin : ada;
            switch (random.nextInt(6)) {
                case 0, 1 -> sessions.add(began(who, random));
                case 2 -> pick(sessions, random).ifPresent(id -> ended(id, random));
                case 3 -> pick(sessions, random).ifPresent(id -> spans(id, random));
                case 4 -> journal.record(who, EventKind.values()[random.nextInt(5)], subject(), Map.of());
                default -> pick(sessions, random).ifPresent(id -> used(id, random));
            }
            if (random.nextInt(4) == 0) {
                facts.sessions(admin, period());
            }
            if (random.nextInt(6) == 0) {
                sessionDays.run();
                eventDays.run();
            }
        }
        agree();
        sessionDays.run();
        eventDays.run();
        agree();
    }

    private Optional<UUID> pick(List<UUID> sessions, Random random) {
        return sessions.isEmpty() ? Optional.empty() : Optional.of(sessions.get(random.nextInt(sessions.size())));
    }

    private UUID began(Caller who, Random random) {
        int minutes = 61 + random.nextInt(20 * 24 * 60);
        return Usage.session(
                who, AGENTS.get(random.nextInt(3)), minutes + " minutes", minutes - random.nextInt(60) + " minutes");
    }

    private static void ended(UUID session, Random random) {
        Usage.ended(session, "agent", OUTCOMES.get(random.nextInt(4)));
    }

    private void used(UUID session, Random random) {
        superuser("""
                insert into covibe.usage_streams (workspace_id, id, source) values ('%1$s', '%2$s', '%3$s')
                    on conflict (workspace_id, id) do update set source = 'otlp-event';
                insert into covibe.usage_by_stream as u
                select '%1$s', s.id, '%3$s', (s.started_at at time zone '%4$s')::date, s.developer_id, 'codex', 'openai', 'gpt-6-sol',
                       null, 3, 1, %5$d, 10, 5, 2, 0, 0, 1000000, 0, 0, 0, 0, 0
                  from covibe.agent_sessions s where s.id = '%2$s'
                    on conflict on constraint usage_by_stream_key do update set calls = u.calls + 3, input_tokens = u.input_tokens + %5$d;
                """.formatted(
                        admin.workspaceId(),
                        session,
                        random.nextBoolean() ? "otlp-event" : "hook",
                        ADELAIDE,
                        random.nextInt(5_000)));
    }

    private void spans(UUID session, Random random) {
        superuser("""
                insert into covibe.spans (workspace_id, at, id, trace_id, span_id, developer_id, session_id, agent_type,
                                          operation, tool, model, status, duration_ms)
                select s.workspace_id, s.started_at + n * interval '7 minutes', gen_random_uuid(), md5(random()::text),
                       left(md5(random()::text), 16), s.developer_id, s.id, 'codex', case when n %% 3 = 0 then 'chat' else 'tool' end,
                       case when n %% 3 = 0 then null else 'Bash' end, case when n %% 3 = 0 then 'gpt-6-sol' end,
                       case when n %% 4 = 0 then 'error' else 'ok' end, n * 100
                  from covibe.agent_sessions s, generate_series(1, %d) as n where s.id = '%s'
                """.formatted(1 + random.nextInt(20), session));
    }

    private static Subject subject() {
        return Subject.session(Ids.next(), "codex", Optional.empty());
    }

    private void agree() throws SQLException {
        assertThat(lines(
                        facts.sessions(admin, period(), Slice.dailyBy(Dimension.MANAGED_AGENT)),
                        figures -> figures.sessions()
                                + " " + figures.open() + " " + figures.done() + " " + figures.failed() + " "
                                + figures.seconds() + " "
                                + figures.covered() + " " + figures.calls() + " " + figures.tokens() + " "
                                + figures.costNanos() + " "
                                + figures.tools() + " " + figures.toolErrors()))
                .containsExactlyInAnyOrderElementsOf(raw("""
                select concat_ws(' ', (s.started_at at time zone '%2$s')::date, s.developer_id || '/' || s.agent_type || '/' || s.agent_name,
                       count(*), count(*) filter (where s.ended_at is null), count(*) filter (where s.outcome = 'done'),
                       count(*) filter (where s.outcome = 'failed'),
                       sum(extract(epoch from coalesce(s.ended_at, s.last_seen_at) - s.started_at))::bigint,
                       count(u.calls), coalesce(sum(u.calls), 0), coalesce(sum(u.tokens), 0), coalesce(sum(u.nanos), 0),
                       coalesce(sum(p.tools), 0), coalesce(sum(p.errors), 0))
                  from covibe.agent_sessions s
                  left join lateral (
                        select sum(b.calls) as calls, sum(b.input_tokens + b.output_tokens + b.cache_read_tokens + b.cache_write_tokens) as tokens,
                               sum(b.computed_nanos + b.reported_nanos) as nanos
                          from covibe.usage_by_stream b join covibe.usage_streams c on c.id = b.stream_id and c.source = b.source
                         where b.stream_id = s.id) u on true
                  left join lateral (
                        select count(*) as tools, count(*) filter (where x.status = 'error') as errors
                          from covibe.spans x where x.session_id = s.id and x.operation = 'tool') p on true
                 where s.workspace_id = '%1$s'
                 group by s.developer_id, s.agent_type, s.agent_name, (s.started_at at time zone '%2$s')::date"""));
        // No session here has a task, so both are cut alike; the one is read where models and projects are told apart.
        assertThat(facts.sessions(admin, period(), Slice.dailyBy(Dimension.MANAGED_AGENT, Dimension.PROJECT)))
                .extracting(Fact::day, Fact::key, Fact::figures)
                .isEqualTo(facts.sessions(admin, period(), Slice.dailyBy(Dimension.MANAGED_AGENT)).stream()
                        .map(fact -> tuple(fact.day(), fact.key(), fact.figures()))
                        .toList());
        assertThat(lines(
                        facts.spans(admin, period(), Slice.dailyBy(Dimension.DEVELOPER, Dimension.TOOL)),
                        figures -> figures.spans() + " " + figures.errors() + " " + figures.tools() + " "
                                + figures.toolErrors() + " " + figures.durationMillis()))
                .containsExactlyInAnyOrderElementsOf(raw("""
                select concat_ws(' ', (at at time zone '%2$s')::date, developer_id, coalesce(tool, '-'), count(*),
                       count(*) filter (where status = 'error'), count(*) filter (where operation = 'tool'),
                       count(*) filter (where operation = 'tool' and status = 'error'), sum(duration_ms))
                  from covibe.spans where workspace_id = '%1$s' group by (at at time zone '%2$s')::date, developer_id, tool"""));
        assertThat(lines(
                        facts.events(admin, period(), Slice.dailyBy(Dimension.DEVELOPER, Dimension.KIND)),
                        String::valueOf))
                .containsExactlyInAnyOrderElementsOf(raw("""
                select concat_ws(' ', (at at time zone '%2$s')::date, developer_id, kind, count(*))
                  from covibe.work_events where workspace_id = '%1$s' group by (at at time zone '%2$s')::date, developer_id, kind"""));
    }

    private interface Words<T> {
        String of(T figures);
    }

    private static <T> List<String> lines(List<Fact<T>> facts, Words<T> words) {
        return facts.stream()
                .map(fact -> fact.day().orElseThrow() + " "
                        + String.join(
                                " ",
                                fact.keys().stream().map(key -> key.orElse("-")).toList()) + " "
                        + words.of(fact.figures()))
                .toList();
    }

    private List<String> raw(String query) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection connection = TestDatabase.superuser().connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query.formatted(admin.workspaceId(), ADELAIDE))) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }

    private static void superuser(String statement) {
        TestDatabase.execute(TestDatabase.superuser(), statement);
    }

    @Test
    void events_are_counted_once_while_many_write_and_many_count() throws SQLException {
        try (var pool = Executors.newFixedThreadPool(8)) {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Caller who = i % 2 == 0 ? admin : ada;
                running.add(CompletableFuture.runAsync(
                        () -> {
                            for (int n = 0; n < 250; n++) {
                                journal.record(who, EventKind.NOTED, subject(), Map.of());
                            }
                        },
                        pool));
            }
            for (int i = 0; i < 2; i++) {
                running.add(CompletableFuture.runAsync(
                        () -> {
                            for (int n = 0; n < 60; n++) {
                                sessionDays.catchUp().all(admin.place());
                                eventDays.catchUp().all(admin.place());
                                facts.events(admin, period());
                            }
                        },
                        pool));
            }
            running.forEach(CompletableFuture::join);
        }
        sessionDays.catchUp().all(admin.place());
        eventDays.catchUp().all(admin.place());

        assertThat(facts.events(admin, period(), Slice.TOTAL.of(Dimension.KIND, "noted"))
                        .getFirst()
                        .figures())
                .isEqualTo(1500);
        agree();
    }

    @Test
    void a_task_counts_on_the_day_of_its_end_for_its_owner_and_with_its_cycle() {
        LocalDate today = period().to();
        String project = scalar("select id from covibe.projects where workspace_id = '%s'");
        String end = today + " 00:10 " + ADELAIDE;
        task(1, project, ada.developerId().toString(), today + " 00:00 " + ADELAIDE, end);
        task(2, project, "", today.minusDays(1) + " 12:00 " + ADELAIDE, today.minusDays(1) + " 13:00 " + ADELAIDE);

        List<Fact<CompletionFigures>> found = facts.completions(admin, period(), Slice.dailyBy(Dimension.DEVELOPER));
        assertThat(found)
                .containsExactly(
                        new Fact<>(
                                Optional.of(today.minusDays(1)),
                                List.of(Optional.empty()),
                                new CompletionFigures(1, 3600)),
                        new Fact<>(
                                Optional.of(today),
                                List.of(Optional.of(ada.developerId().toString())),
                                new CompletionFigures(1, 600)));
        assertThat(facts.completions(admin, period(), Slice.by(Dimension.PROJECT)))
                .containsExactly(
                        new Fact<>(Optional.empty(), List.of(Optional.of(project)), new CompletionFigures(2, 4200)));
    }

    private void task(int number, String project, String owner, String started, String ended) {
        superuser(
                """
                insert into covibe.tasks (id, workspace_id, project_id, number, title, status, priority, owner_id, planned_by, outcome,
                                          created_at, updated_at, started_at, ended_at)
                values (gen_random_uuid(), '%1$s', '%2$s', %3$d, 'A task', 'done', 'none', nullif('%4$s', '')::uuid, '%5$s', 'done',
                        timestamptz '%6$s', timestamptz '%7$s', timestamptz '%6$s', timestamptz '%7$s')
                """.formatted(admin.workspaceId(), project, 100 + number, owner, admin.developerId(), started, ended));
    }

    private String scalar(String query) {
        try {
            return raw(query).getFirst();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void what_is_used_counts_on_the_day_of_the_workspace() {
        LocalDate today = period().to();
        UUID session = Usage.session(admin, "codex", "2 hours", "1 hour");
        superuser("""
                insert into covibe.usage_daily values ('%s', '%s', '%s', 'codex', 'openai', 'gpt-6-sol', null, 1, 0, 100, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0)
                """.formatted(admin.workspaceId(), today, admin.developerId()));

        assertThat(facts.usage(admin, period(), Slice.by(Dimension.TASK)))
                .singleElement()
                .satisfies(fact -> {
                    assertThat(fact.key()).isEmpty();
                    assertThat(fact.figures().tokens()).isEqualTo(100);
                });
        assertThat(session).isNotNull();
        assertThat(facts.usage(fixtures.workspace().admin(), period()).tokens()).isZero();
    }

    @Test
    void days_and_weeks_are_those_of_the_workspace() {
        superuser("update covibe.workspaces set time_zone = 'Pacific/Kiritimati', week_start = 7 where id = '%s'"
                .formatted(admin.workspaceId()));
        Calendar calendar = workspaces.calendar(admin.place());

        Instant late = Instant.parse("2026-11-20T10:00:00Z");
        assertThat(calendar.day(late)).isEqualTo(LocalDate.parse("2026-11-21"));
        assertThat(calendar.week(LocalDate.parse("2026-11-21"))).isEqualTo(LocalDate.parse("2026-11-15"));
        Period period = Period.upTo(LocalDate.parse("2026-11-21"), 7, calendar);
        assertThat(period.previous().to()).isEqualTo(LocalDate.parse("2026-11-14"));
        assertThat(period.previous().length()).isEqualTo(7);
        assertThat(ChronoUnit.HOURS.between(period.begins(), period.ends())).isEqualTo(7 * 24);
        // The clocks of Adelaide go forward on 4 October 2026.
        Calendar adelaide = new Calendar(ZoneId.of(ADELAIDE), calendar.weekStart());
        assertThat(ChronoUnit.HOURS.between(
                        adelaide.start(LocalDate.parse("2026-10-04")), adelaide.start(LocalDate.parse("2026-10-05"))))
                .isEqualTo(23);
    }
}
