package dev.covibe.agents.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.agents.usage.Scenario.Sent;
import dev.covibe.agents.usage.UsageQueries.Grouping;
import dev.covibe.identity.Caller;
import dev.covibe.platform.sql.Ids;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The books against a plain count (AGT-4, AGT-6): whatever the order, the repeats and the sources. */
@QuarkusTest
class CountingTest {

    @Inject
    Fixtures fixtures;

    @Inject
    Ledger ledger;

    @Inject
    UsageQueries usage;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void the_books_say_what_a_plain_count_says(long seed) {
        Scenario scenario = new Scenario(seed, now, 12, false);
        Team team = team(scenario);

        deliver(team, shuffled(scenario.sent, seed), seed);

        assertThat(team.daily()).containsExactlyElementsOf(scenario.expected());
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void a_day_sent_once_twice_shuffled_or_through_all_sources_gives_identical_totals(long seed) {
        Scenario scenario = new Scenario(seed, now, 8, true);

        Team once = team(scenario);
        deliver(once, scenario.sent, seed);
        Team twice = team(scenario);
        deliver(twice, scenario.sent, seed);
        deliver(twice, scenario.sent, seed + 1);
        Team mixed = team(scenario);
        deliver(mixed, shuffled(scenario.sent, seed), seed + 2);

        assertThat(once.wholeDaily()).isNotEmpty();
        assertThat(twice.wholeDaily()).isEqualTo(once.wholeDaily());
        assertThat(mixed.wholeDaily()).isEqualTo(once.wholeDaily());
        assertThat(once.daily()).containsExactlyElementsOf(scenario.expected());
    }

    @Test
    void a_session_whose_history_a_fork_told_first_is_not_counted_by_its_metrics_as_well() {
        Scenario scenario = Scenario.forked(51, now);
        Team team = team(scenario);
        List<Sent> forkFirst = scenario.sent.reversed();

        deliver(team, forkFirst, 51);

        assertThat(team.daily()).containsExactlyElementsOf(scenario.expected());
    }

    @Test
    void batches_that_arrive_at_the_same_time_neither_lock_up_nor_count_twice() {
        Scenario scenario = new Scenario(21, now, 10, true);
        Team team = team(scenario);

        try (var pool = Executors.newFixedThreadPool(6)) {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                long seed = i;
                running.add(CompletableFuture.runAsync(() -> deliver(team, shuffled(scenario.sent, seed), seed), pool));
            }
            running.forEach(CompletableFuture::join);
        }

        assertThat(team.daily()).containsExactlyElementsOf(scenario.expected());
    }

    @Test
    void totals_are_the_same_however_they_are_grouped_with_an_explicit_bucket_for_what_has_no_task() {
        Scenario scenario = new Scenario(31, now, 15, false);
        Team team = team(scenario);
        deliver(team, scenario.sent, 31);
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);

        UsageTotals total = usage.total(team.admin(), today.minusDays(10), today.plusDays(1));

        assertThat(total.tokens()).isPositive();
        assertThat(total.unpricedTokens()).isPositive();
        for (Grouping grouping : Grouping.values()) {
            var groups = usage.grouped(team.admin(), today.minusDays(10), today.plusDays(1), grouping);
            assertThat(groups.stream().map(UsageQueries.Group::totals).reduce(UsageTotals.NONE, UsageTotals::plus))
                    .as(grouping.name())
                    .isEqualTo(total);
        }
        assertThat(usage.grouped(team.admin(), today.minusDays(10), today.plusDays(1), Grouping.TASK))
                .extracting(UsageQueries.Group::label)
                .contains("Unattributed");
        assertThat(usage.unpriced(team.admin()))
                .extracting(UsageQueries.UnpricedModel::model)
                .containsExactly("a-model-nobody-prices");
    }

    @Test
    void a_daily_page_reads_roll_ups_and_nothing_finer() throws SQLException {
        Team team = team(new Scenario(41, now, 1, false));
        for (Grouping grouping : Grouping.values()) {
            String query = UsageQueries.groupedSql(grouping);
            assertThat(relations(team, query)).as(query).containsOnly("usage_daily");
        }
    }

    private static List<String> relations(Team team, String query) throws SQLException {
        List<String> relations = new ArrayList<>();
        try (Connection connection = TestDatabase.superuser().connect();
                Statement statement = connection.createStatement()) {
            statement.execute("set search_path = covibe");
            statement.execute("set plan_cache_mode = force_generic_plan");
            String text = query.replaceFirst("\\?", "'" + team.admin().workspaceId() + "'")
                    .replaceFirst("\\?", "'2026-01-01'")
                    .replaceFirst("\\?", "'2026-12-31'");
            try (ResultSet plan = statement.executeQuery("explain (verbose, format text) " + text)) {
                while (plan.next()) {
                    String line = plan.getString(1);
                    if (line.contains(" on covibe.")) {
                        relations.add(line.replaceAll(".* on covibe\\.(\\w+).*", "$1"));
                    }
                }
            }
        }
        return relations;
    }

    /** A fresh workspace with the scenario's people, tasks and sessions. */
    private record Team(Caller admin, Map<String, Caller> developers, List<UUID> tasks) {

        /** As {@link Scenario#expected()} writes it. */
        List<String> daily() {
            List<String> lines = lines("""
                    select concat_ws(' ', d.day, dev.handle, d.agent_type, d.model,
                           'task' || coalesce(t.number - 1, -1), d.calls, d.failed, d.input_tokens, d.output_tokens,
                           d.cache_read_tokens, d.cache_write_tokens, d.reported_nanos)
                      from covibe.usage_daily d
                      join covibe.developers dev on dev.id = d.developer_id
                      left join covibe.tasks t on t.id = d.task_id
                     where d.workspace_id = '%s'
                    """);
            Collections.sort(lines);
            return lines;
        }

        /** Every column but the ids, which differ between workspaces. */
        List<String> wholeDaily() {
            List<String> lines = lines("""
                    select dev.handle || coalesce(t.number, -1)
                           || (to_jsonb(d) - array['workspace_id', 'developer_id', 'task_id'])::text
                      from covibe.usage_daily d
                      join covibe.developers dev on dev.id = d.developer_id
                      left join covibe.tasks t on t.id = d.task_id
                     where d.workspace_id = '%s'
                    """);
            Collections.sort(lines);
            return lines;
        }

        private List<String> lines(String query) {
            List<String> lines = new ArrayList<>();
            try (Connection connection = TestDatabase.superuser().connect();
                    Statement statement = connection.createStatement();
                    ResultSet results = statement.executeQuery(query.formatted(admin.workspaceId()))) {
                while (results.next()) {
                    lines.add(results.getString(1));
                }
            } catch (SQLException failure) {
                throw new AssertionError(failure);
            }
            return lines;
        }
    }

    private Team team(Scenario scenario) {
        Fixtures.Workspace workspace = fixtures.workspace();
        Map<String, Caller> developers = new LinkedHashMap<>();
        Scenario.DEVELOPERS.forEach(name -> {
            Caller member = fixtures.member(workspace, name);
            developers.put(
                    name,
                    new Caller(
                            member.place(),
                            member.developerId(),
                            name,
                            member.role(),
                            Optional.of(new Caller.Token(Ids.next(), "test", Optional.empty())),
                            Optional.empty()));
        });
        String project = TestDatabase.text("select id from covibe.projects where workspace_id = '%s'"
                .formatted(workspace.admin().workspaceId()));
        List<UUID> tasks = new ArrayList<>();
        StringBuilder sql = new StringBuilder();
        for (int i = 0; i < Scenario.TASKS; i++) {
            tasks.add(Ids.next());
            sql.append(task(workspace.admin(), project, tasks.get(i), i + 1));
        }
        for (Scenario.Session session : scenario.sessions) {
            UUID id = Ids.next();
            Caller developer = developers.get(session.developer());
            sql.append("""
                    insert into covibe.agent_sessions (id, workspace_id, developer_id, token_id, agent_type, agent_name,
                           external_id, started_by, started_at, last_seen_at)
                    values ('%s', '%s', '%s', '%s', '%s', 'test', '%s', 'mcp', '%s', '%s');
                    """.formatted(
                            id,
                            developer.workspaceId(),
                            developer.developerId(),
                            developer.token().orElseThrow().id(),
                            session.agent().key(),
                            session.name(),
                            session.start(),
                            session.start()));
            session.turns()
                    .forEach((since, task) -> sql.append(
                            "insert into covibe.session_tasks (workspace_id, session_id, since, task_id) values ('%s', '%s', '%s', %s);\n"
                                    .formatted(
                                            developer.workspaceId(),
                                            id,
                                            since,
                                            task < 0 ? "null" : "'" + tasks.get(task) + "'")));
        }
        TestDatabase.execute(TestDatabase.superuser(), sql.toString());
        return new Team(workspace.admin(), developers, tasks);
    }

    private static String task(Caller admin, String project, UUID id, int number) {
        return """
                insert into covibe.tasks (id, workspace_id, project_id, number, title, status, priority, planned_by, created_at, updated_at)
                values ('%s', '%s', '%s', %d, 'Task %d', 'planned', 'none', '%s', now(), now());
                """.formatted(id, admin.workspaceId(), project, number, number, admin.developerId());
    }

    private static List<Sent> shuffled(List<Sent> sent, long seed) {
        List<Sent> shuffled = new ArrayList<>(sent);
        Collections.shuffle(shuffled, new Random(seed));
        return shuffled;
    }

    /** In batches of many sizes, some of them more than once: a retry sends what was already taken. */
    private void deliver(Team team, List<Sent> sent, long seed) {
        Random random = new Random(seed);
        for (String developer : Scenario.DEVELOPERS) {
            List<Sent> own = sent.stream()
                    .filter(item -> item.developer().equals(developer))
                    .toList();
            int from = 0;
            while (from < own.size()) {
                int to = Math.min(own.size(), from + 1 + random.nextInt(60));
                int times = random.nextInt(4) == 0 ? 2 : 1;
                for (int i = 0; i < times; i++) {
                    Batch batch = new Batch();
                    own.subList(from, to).forEach(item -> item.entering().into(batch));
                    ledger.enter(team.developers().get(developer), batch);
                    assertThat(batch.count(Batch.Status.REFUSED))
                            .as(() -> batch.verdicts().toString())
                            .isZero();
                }
                from = to;
            }
        }
    }
}
