package dev.covibe.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.sql.Sql;
import dev.covibe.tenancy.Transactions;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@QuarkusTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FillingTest {

    private static final LocalDate LAST = LocalDate.now().minusDays(3);

    @Inject
    Filling filling;

    @Inject
    Transactions transactions;

    @Inject
    Sql sql;

    private final String company =
            "Demo " + Long.toString(ThreadLocalRandom.current().nextLong(1L << 50), 36);
    private Filling.Filled filled;

    @BeforeAll
    void fill() {
        filled = filling.fill(wish("one", 7));
    }

    private Filling.Wish wish(String workspace, long seed) {
        return new Filling.Wish(company, workspace, seed, 1, Optional.of(LAST));
    }

    private List<String> lines(Filling.Filled of, String query) {
        return transactions.in(
                of.place(),
                () -> sql.list(query, row -> row.text("line"), of.place().workspaceId()));
    }

    @Test
    void the_same_seed_and_day_tell_the_same_story() {
        Filling.Filled again = filling.fill(wish("two", 7));
        for (String query : List.of(
                """
                select concat_ws('|', p.key, t.number, t.title, t.status, t.priority, d.handle, t.branch, t.planned_at,
                                 t.started_at, t.review_at, t.ended_at, t.completion_summary) as line
                  from tasks t join projects p on p.id = t.project_id left join developers d on d.id = t.owner_id
                 where t.workspace_id = ? order by 1
                """,
                """
                select concat_ws('|', at, kind, subject_kind, d.handle, agent, payload ->> 'text', payload ->> 'title') as line
                  from work_events e join developers d on d.id = e.developer_id where e.workspace_id = ? order by 1
                """,
                """
                select concat_ws('|', at, source, model, input_tokens, output_tokens, cost_nanos, cost_source, latency_ms) as line
                  from usage_events where workspace_id = ? order by 1
                """,
                "select concat_ws('|', at, trace_id, span_id, tool, status, duration_ms) as line from spans where workspace_id = ? order by 1",
                "select concat_ws('|', sha, subject, author) as line from graph_commits where workspace_id = ? order by 1")) {
            List<String> first = lines(filled, query);
            assertThat(first).isNotEmpty();
            assertThat(lines(again, query).equals(first)).as(query).isTrue();
        }
    }

    @Test
    void another_seed_tells_another_story() {
        assertThat(plannedAt(7)).isEqualTo(plannedAt(7)).isNotEqualTo(plannedAt(8));
    }

    private static List<Instant> plannedAt(long seed) {
        Chance chance = Chance.of(seed, new UUID(0, 1)).part("schedule");
        return new Schedule(Weeks.until(LAST, Instant.now()), Team.people(), chance, Material.streams())
                .make(1).stream().map(job -> job.planned).toList();
    }

    @Test
    void it_is_as_much_as_a_team_of_eleven_makes_in_eight_weeks() {
        assertThat(filled.people()).hasSize(11);
        assertThat(filled.events()).isBetween(85_000L, 125_000L);
        assertThat(filled.sessions()).isBetween(3_500L, 4_500L);
        assertThat(lines(filled, "select distinct status as line from tasks where workspace_id = ?"))
                .containsExactlyInAnyOrder("backlog", "planned", "in_progress", "in_review", "done", "cancelled");
        assertThat(lines(filled, "select distinct kind as line from work_events where workspace_id = ?"))
                .contains(
                        "planned",
                        "started",
                        "completed",
                        "blocked",
                        "unblocked",
                        "decided",
                        "claimed",
                        "released",
                        "messaged",
                        "audited",
                        "overlap_answered",
                        "heads_moved",
                        "session_ended");
    }

    @Test
    void nothing_happens_after_the_last_evening_and_nobody_works_on_a_sunday_but_the_nightly_agent() {
        assertThat(lines(filled, "select max(at)::text as line from work_events where workspace_id = ?")
                        .getFirst())
                .isLessThan(LAST.plusDays(1).toString());
        assertThat(lines(filled, """
                        select distinct agent_name as line from agent_sessions
                         where workspace_id = ? and extract(isodow from started_at at time zone 'Europe/Berlin') = 7
                        """))
                .isSubsetOf(
                        LAST.getDayOfWeek().getValue() == 7
                                ? lines(
                                        filled,
                                        "select distinct agent_name as line from agent_sessions where workspace_id = ?")
                                : List.of(Team.Agents.NIGHTLY));
    }

    @Test
    void the_roll_ups_say_what_the_events_say() {
        String sums = """
                concat_ws('|', day, sum(calls), sum(failed), sum(input_tokens), sum(output_tokens), sum(cache_read_tokens),
                          sum(cache_write_tokens), sum(reasoning_tokens), sum(nanos)::numeric(38), sum(latency_ms)) as line
                """;
        List<String> raw = lines(filled, "select " + sums + """
                  from (select *, (at at time zone 'Europe/Berlin')::date as day, coalesce(cost_nanos, 0) as nanos
                          from usage_events where workspace_id = ?) u
                 group by day order by day
                """);
        for (String table : List.of("usage_daily", "usage_day_totals", "usage_task_totals", "usage_by_stream")) {
            assertThat(lines(
                            filled,
                            "select " + sums + " from (select *, reported_nanos + computed_nanos + estimated_nanos"
                                    + " as nanos from " + table
                                    + " where workspace_id = ?) u group by day order by day"))
                    .isEqualTo(raw);
        }
        assertThat(raw).hasSizeGreaterThan(35);
        assertThat(lines(filled, """
                        select concat_ws('|', kind, sum(events)) as line from event_daily where workspace_id = ?
                         group by kind order by kind
                        """)).isEqualTo(lines(filled, """
                        select concat_ws('|', kind, count(*)) as line from work_events where workspace_id = ?
                         group by kind order by kind
                        """));
        for (String table : List.of("session_daily", "session_day_totals")) {
            assertThat(lines(filled, "select sum(sessions)::text as line from " + table + " where workspace_id = ?"))
                    .isEqualTo(
                            lines(filled, "select count(*)::text as line from agent_sessions where workspace_id = ?"));
        }
        assertThat(lines(filled, "select sum(spans)::text as line from span_daily where workspace_id = ?"))
                .isEqualTo(lines(filled, "select count(*)::text as line from spans where workspace_id = ?"));
    }

    @Test
    void no_task_contradicts_its_own_times() {
        assertThat(lines(filled, """
                        select title as line from tasks where workspace_id = ?
                           and (started_at < planned_at or ended_at < started_at or review_at < started_at
                                or ended_at < review_at or updated_at < planned_at
                                or (status = 'done' and (completion_summary is null or completion_summary = ''))
                                or (status in ('in_progress', 'in_review') and owner_id is null))
                        """)).isEmpty();
    }

    @Test
    void a_workspace_with_work_is_refused() {
        assertThatThrownBy(() -> filling.fill(wish("one", 7)))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining("has work in it already");
    }
}
