package dev.covibe.agents.daily;

import static org.assertj.core.api.Assertions.assertThat;

import dev.covibe.identity.Caller;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import dev.covibe.testsupport.Fixtures;
import dev.covibe.testsupport.TestDatabase;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Usage added up without its tasks, and by its tasks alone, against usage as it was written: at every moment, whatever was added up before, they say the same. */
@QuarkusTest
class UsageDaysTest {

    private static final String SUMMED = """
            sum(calls), sum(failed), sum(input_tokens), sum(output_tokens), sum(cache_read_tokens), sum(cache_write_tokens),
            sum(reasoning_tokens), sum(reported_nanos), sum(computed_nanos), sum(estimated_nanos), sum(unpriced_tokens),
            sum(estimated_tokens), sum(latency_ms), sum(timed_calls)\
            """;

    private static final String BY_DAY = lines("day, developer_id, agent_type, provider, model, attributed");
    private static final String BY_TASK = lines("day, task_id");

    private static final String AS_WRITTEN = "(select *, task_id is not null as attributed from usage_daily) u";

    private static String lines(String keys) {
        return "select concat_ws(' ', " + keys + ", " + SUMMED + ") as line from %s where workspace_id = ? group by "
                + keys + " order by 1";
    }

    @Inject
    Fixtures fixtures;

    @Inject
    UsageDays days;

    @Inject
    Transactions transactions;

    @Inject
    Sql sql;

    Caller admin;
    List<String> tasks;

    @BeforeEach
    void freshWorkspace() {
        admin = fixtures.workspace().admin();
        superuser("""
                insert into covibe.tasks (id, workspace_id, project_id, number, title, status, priority, planned_by, created_at, updated_at)
                select gen_random_uuid(), p.workspace_id, p.id, 100 + n, 'A task', 'planned', 'none', '%2$s', now(), now()
                  from covibe.projects p, generate_series(1, 4) n where p.workspace_id = '%1$s'
                """.formatted(admin.workspaceId(), admin.developerId()));
        tasks = new ArrayList<>(read("select id::text as line from tasks where workspace_id = ?"));
        tasks.add("");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void what_was_added_up_says_what_was_written(long seed) {
        Random random = new Random(seed);
        for (int step = 0; step < 60; step++) {
            if (random.nextInt(5) == 0) {
                superuser("delete from covibe.usage_daily where workspace_id = '%s' and day = current_date - %d"
                        .formatted(admin.workspaceId(), random.nextInt(40)));
            } else {
                used(random);
            }
            if (random.nextInt(4) == 0) {
                days.catchUp().once(admin.place());
            }
            pagesAgree();
        }
        days.run();
        assertThat(read("select day::text as line from usage_day_notes where workspace_id = ?"))
                .isEmpty();
        totalsAgree();
        pagesAgree();
    }

    @Test
    void nothing_is_missed_while_many_write_and_many_add_up() {
        AtomicBoolean writing = new AtomicBoolean(true);
        try (ExecutorService pool = Executors.newFixedThreadPool(6)) {
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Random random = new Random(i);
                writers.add(CompletableFuture.runAsync(
                        () -> {
                            for (int n = 0; n < 60; n++) {
                                used(random);
                            }
                        },
                        pool));
            }
            List<CompletableFuture<Void>> counters = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                counters.add(CompletableFuture.runAsync(
                        () -> {
                            while (writing.get()) {
                                days.catchUp().once(admin.place());
                            }
                        },
                        pool));
            }
            try {
                writers.forEach(CompletableFuture::join);
            } finally {
                writing.set(false);
            }
            counters.forEach(CompletableFuture::join);
        }
        pagesAgree();
        days.catchUp().all(admin.place());
        totalsAgree();
        assertThat(read("select sum(calls)::text as line from usage_day_totals where workspace_id = ?"))
                .containsExactly("480");
    }

    /** Two days in one transaction, like a batch of a machine that was offline overnight. */
    private void used(Random random) {
        StringBuilder statements = new StringBuilder("begin;");
        int day = random.nextInt(40);
        for (int ago = day + 1; ago >= day; ago--) {
            statements.append("""
                    insert into covibe.usage_daily as d
                    values ('%1$s', current_date - %2$d, '%3$s', '%4$s', 'openai', 'gpt-6-sol', nullif('%5$s', '')::uuid,
                            1, 0, %6$d, 10, 5, 2, 1, 7, 1000, 3, 0, 0, 250, 1)
                        on conflict on constraint usage_daily_key do update
                       set calls = d.calls + 1, input_tokens = d.input_tokens + excluded.input_tokens;
                    """.formatted(
                            admin.workspaceId(),
                            ago,
                            admin.developerId(),
                            random.nextBoolean() ? "codex" : "claude-code",
                            tasks.get(random.nextInt(tasks.size())),
                            random.nextInt(5_000)));
        }
        superuser(statements.append("commit;").toString());
    }

    private void pagesAgree() {
        assertThat(read(BY_DAY, "insight_usage_days")).isEqualTo(read(BY_DAY, AS_WRITTEN));
        assertThat(read(BY_TASK, "insight_usage_tasks")).isEqualTo(read(BY_TASK, AS_WRITTEN));
    }

    private void totalsAgree() {
        assertThat(read(BY_DAY, "usage_day_totals"))
                .isEqualTo(read(BY_DAY, AS_WRITTEN))
                .isNotEmpty();
        assertThat(read(BY_TASK, "usage_task_totals")).isEqualTo(read(BY_TASK, AS_WRITTEN));
    }

    private List<String> read(String lines, String from) {
        return read(lines.formatted(from));
    }

    private List<String> read(String query) {
        return transactions.in(admin.place(), () -> sql.list(query, row -> row.text("line"), admin.workspaceId()));
    }

    private static void superuser(String statement) {
        TestDatabase.execute(TestDatabase.superuser(), statement);
    }
}
