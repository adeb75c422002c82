package dev.covibe.ops.demo;

import dev.covibe.agents.usage.UsageTotals;
import dev.covibe.platform.sql.Sql;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What follows from the rest: confirmations and answers on overlaps, audits, alerts, machines, and the roll-ups. */
final class Afterwards {

    private final Weeks weeks;
    private final Chance chance;
    private final UUID workspaceId;
    private final List<Person> people;
    private final Events events;
    private final Copies copies;

    Afterwards(Weeks weeks, Chance chance, UUID workspaceId, List<Person> people, Events events, Copies copies) {
        this.weeks = weeks;
        this.chance = chance;
        this.workspaceId = workspaceId;
        this.people = people;
        this.events = events;
        this.copies = copies;
    }

    /** Chores of one kind look alike. People say that they differ, and of a few pairs that they are the same. */
    void overlaps(List<Job> jobs, PlanRows plan) {
        Copies.Rows confirmations = copies.into(
                "overlap_confirmations",
                "workspace_id, subject_id, candidate_id, confirmed_by, confirmed_at, score, reason");
        Copies.Rows answers = copies.into(
                "overlap_answers", "workspace_id, one_id, other_id, verdict, reason, answered_by, answered_at");
        List<Job> chores =
                jobs.stream().filter(job -> job.work.stream().isEmpty()).toList();
        int told = 0;
        for (int i = 0; i < chores.size() && told < 44; i++) {
            Job job = chores.get(i);
            Optional<Job> alike = chores.subList(0, i).stream()
                    .filter(other -> !other.id.equals(job.id) && kind(other).equals(kind(job)))
                    .reduce((one, later) -> later);
            if (alike.isEmpty() || !chance.happens(0.5)) {
                continue;
            }
            told++;
            Job other = alike.get();
            if (told % 3 == 0) {
                answer(answers, job, other, "different", "Same pattern, other code.", plan);
            } else {
                confirmations.add(
                        workspaceId,
                        job.id,
                        other.id,
                        job.planner.id(),
                        job.planned,
                        Math.round(chance.between(0.52, 0.78) * 100) / 100.0,
                        "Another one of the same kind; nothing is shared but the pattern.");
            }
        }
        for (Material.Line pair : Material.talk("same")) {
            Optional<Job> one = named(jobs, pair.cell(1));
            Optional<Job> other = named(jobs, pair.cell(2));
            if (one.isPresent() && other.isPresent()) {
                answer(answers, one.get(), other.get(), "same", "Joined there.", plan);
            }
        }
    }

    private static Optional<Job> named(List<Job> jobs, String title) {
        return jobs.stream().filter(job -> job.work.title().equals(title)).findFirst();
    }

    private static String kind(Job job) {
        return job.work.paths().stream().findFirst().orElse("").replaceFirst("/[^/]*/\\*\\*$", "") + job.work.labels();
    }

    private void answer(Copies.Rows answers, Job job, Job other, String verdict, String reason, PlanRows plan) {
        Instant at = verdict.equals("same")
                ? job.ended.orElse(job.planned)
                : job.planned.plus(PlanRows.soon(chance, 5, 200));
        if (weeks.isOver(at)) {
            return;
        }
        // As PostgreSQL orders them: unsigned, byte by byte.
        boolean first = job.id.toString().compareTo(other.id.toString()) < 0;
        answers.add(
                workspaceId,
                first ? job.id : other.id,
                first ? other.id : job.id,
                verdict,
                reason,
                job.planner.id(),
                at);
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("other", other.key);
        payload.put("other_id", other.id);
        payload.put("verdict", verdict);
        payload.put("reason", reason);
        events.by(job.planner, at, "overlap_answered", Events.About.task(job, plan.stream(job)), payload);
    }

    void audits(int open) {
        Events.About about = Events.About.of("workspace", workspaceId, "workspace", Optional.empty());
        for (LocalDate day : weeks.days()) {
            Instant at = day.atTime(2, 0).atZone(weeks.zone()).toInstant().plusSeconds(chance.between(5, 60));
            if (!weeks.isOver(at)) {
                Map<String, Object> payload = new LinkedHashMap<>();
                payload.put("nightly", true);
                payload.put("swept", open + chance.between(-9, 10));
                payload.put("millis", chance.between(40, 260));
                payload.put("total", 0);
                payload.put("conflicts", List.of());
                events.by(people.getFirst(), at, "audited", about, payload);
            }
        }
    }

    void agents() {
        Copies.Rows agents = copies.into(
                "managed_agents", "id, workspace_id, owner_id, agent_type, name, purpose, created_at, updated_at");
        Copies.Rows machines = copies.into(
                "companion_machines",
                "id, workspace_id, developer_id, name, version, platform, node, service, seen_at");
        Copies.Rows repositories =
                copies.into("companion_repositories", "workspace_id, machine_id, place, name, state");
        Instant opened = weeks.opening();
        for (Person person : people) {
            for (Person.Agent agent : person.agents()) {
                agents.add(
                        chance.id(opened),
                        workspaceId,
                        person.id(),
                        agent.type(),
                        agent.name(),
                        agent.purpose(),
                        opened,
                        opened);
            }
            UUID machine = chance.id(opened);
            machines.add(
                    machine,
                    workspaceId,
                    person.id(),
                    person.machine(),
                    "0.1.0",
                    chance.happens(0.6) ? "darwin" : "linux",
                    "v24.11.0",
                    true,
                    weeks.end().minusSeconds(chance.between(10, 900)));
            for (int place = 0; place < person.home().size(); place++) {
                repositories.add(
                        workspaceId,
                        machine,
                        place,
                        Team.repository(person.home().get(place)).replaceFirst(".*/", ""),
                        "synced");
            }
        }
    }

    /** The daily totals, summed from the single events as the server sums them while they arrive. */
    static void rollUp(Sql sql, UUID workspaceId, ZoneId zone) {
        String summed = """
                sum(calls), sum(failed), sum(input_tokens), sum(output_tokens), sum(cache_read_tokens),
                sum(cache_write_tokens), sum(reasoning_tokens),
                coalesce(sum(cost_nanos) filter (where cost_source = 'reported'), 0),
                coalesce(sum(cost_nanos) filter (where cost_source = 'computed'), 0),
                coalesce(sum(cost_nanos) filter (where cost_source = 'estimated'), 0),
                coalesce(sum(input_tokens + output_tokens + cache_read_tokens + cache_write_tokens) filter (where cost_nanos is null), 0),
                coalesce(sum(input_tokens + output_tokens + cache_read_tokens + cache_write_tokens) filter (where source = 'mcp'), 0),
                sum(latency_ms), count(latency_ms)
                """;
        String keys =
                "(at at time zone '" + zone.getId() + "')::date, developer_id, agent_type, provider, model, task_id";
        sql.update("""
                insert into usage_streams (workspace_id, id, source)
                select distinct workspace_id, session_id, source from usage_events where workspace_id = ?
                """, workspaceId);
        sql.update(
                "insert into usage_by_stream (workspace_id, stream_id, source, day, developer_id, agent_type, provider, model, task_id, "
                        + UsageTotals.COLUMNS + ") select workspace_id, session_id, source, " + keys + ", " + summed
                        + " from usage_events where workspace_id = ? group by workspace_id, session_id, source, "
                        + keys,
                workspaceId);
        sql.update(
                "insert into usage_daily (workspace_id, day, developer_id, agent_type, provider, model, task_id, "
                        + UsageTotals.COLUMNS
                        + ") select workspace_id, " + keys + ", " + summed
                        + " from usage_events where workspace_id = ? group by workspace_id, " + keys,
                workspaceId);
    }

    void alerts() {
        Copies.Rows alerts = copies.into(
                "alerts",
                "id, workspace_id, kind, subject_id, raised_at, seen_at, closed_at, acknowledged_by, acknowledged_at, figures");
        Person spender = people.get(6);
        LocalDate day = weeks.first().plusDays(29);
        Instant raised = day.atTime(13, 12).atZone(weeks.zone()).toInstant();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("developer", spender.handle());
        figures.put("day", day.toString());
        figures.put("cost_nanos", 61_400_000_000L);
        figures.put("median_nanos", 9_870_000_000L);
        figures.put("median_of_days", 10);
        alerts.add(
                chance.id(raised),
                workspaceId,
                "spend_spike",
                spender.id(),
                raised,
                raised.plus(Duration.ofHours(6)),
                raised.plus(Duration.ofHours(36)),
                people.getFirst().id(),
                raised.plus(Duration.ofMinutes(22)),
                events.text(figures));
    }
}
