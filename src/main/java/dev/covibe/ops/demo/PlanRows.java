package dev.covibe.ops.demo;

import dev.covibe.overlap.Footprint;
import dev.covibe.overlap.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The rows of the plan: projects, workstreams, tasks with what they wait for, and each step of theirs in the journal. */
final class PlanRows {

    private final Weeks weeks;
    private final Chance chance;
    private final UUID workspaceId;
    private final List<Person> people;
    private final Events events;
    private final Copies.Rows projects;
    private final Copies.Rows numbers;
    private final Copies.Rows streamRows;
    private final Copies.Rows tasks;
    private final Copies.Rows dependencies;
    private final Map<String, UUID> streams = new HashMap<>();
    private final List<Footprint> footprints = new ArrayList<>();

    PlanRows(Weeks weeks, Chance chance, UUID workspaceId, List<Person> people, Events events, Copies copies) {
        this.weeks = weeks;
        this.chance = chance;
        this.workspaceId = workspaceId;
        this.people = people;
        this.events = events;
        this.projects = copies.into("projects", "id, workspace_id, key, name, repositories, last_number, created_at");
        this.numbers = copies.into("workstream_numbers", "workspace_id, last_number");
        this.streamRows = copies.into(
                "workstreams",
                "id, workspace_id, number, name, goal, status, owner_id, target_date, completion_summary, created_by,"
                        + " created_at, updated_at, ended_at, repository");
        this.tasks = copies.into(
                "tasks",
                "id, workspace_id, project_id, number, title, description, status, priority, owner_id, planned_by, labels,"
                        + " workstream_id, paths, repository, branch, estimate_minutes, outcome, completion_summary,"
                        + " created_at, updated_at, planned_at, started_at, review_at, ended_at");
        this.dependencies = copies.into("task_dependencies", "workspace_id, task_id, depends_on_id");
    }

    Optional<UUID> stream(Job job) {
        return Optional.ofNullable(streams.get(job.work.stream()));
    }

    /** What tasks and workstreams say of themselves to the overlap check. */
    List<Footprint> footprints() {
        return footprints;
    }

    void write(List<Material.Stream> wanted, List<Job> jobs) {
        Map<String, UUID> keys = new HashMap<>();
        Instant opened = weeks.opening();
        for (String project : Team.PROJECTS) {
            UUID id = chance.id(opened);
            keys.put(project, id);
            int last = jobs.stream()
                    .filter(job -> job.work.project().equals(project))
                    .mapToInt(job -> job.number)
                    .max()
                    .orElse(0);
            projects.add(
                    id,
                    workspaceId,
                    project,
                    Team.projectName(project),
                    List.of(Team.repository(project)),
                    last,
                    opened);
            events.by(
                    people.getFirst(),
                    opened,
                    "planned",
                    Events.About.of("project", id, project, Optional.empty()),
                    Map.of("title", Team.projectName(project)));
        }
        numbers.add(workspaceId, wanted.size());
        for (int i = 0; i < wanted.size(); i++) {
            stream(wanted.get(i), i + 1, jobs);
        }
        jobs.forEach(job -> task(job, keys.get(job.work.project())));
        waiting(jobs);
    }

    private void stream(Material.Stream stream, int number, List<Job> jobs) {
        List<Job> own = jobs.stream()
                .filter(job -> job.work.stream().equals(stream.key()))
                .toList();
        Instant created = own.stream()
                .map(job -> job.planned)
                .min(Instant::compareTo)
                .orElseThrow()
                .minusSeconds(900);
        boolean over = !own.isEmpty()
                && own.stream().allMatch(job -> job.ended.isPresent())
                && !stream.summary().isEmpty();
        Optional<Instant> ended = over
                ? own.stream()
                        .flatMap(job -> job.ended.stream())
                        .max(Instant::compareTo)
                        .map(at -> at.plusSeconds(1500))
                        .filter(at -> !weeks.isOver(at))
                : Optional.empty();
        boolean begun = own.stream().anyMatch(job -> job.started.isPresent());
        String status = ended.isPresent() ? stream.end() : begun ? "active" : "planned";
        UUID id = chance.id(created);
        streams.put(stream.key(), id);
        Person owner = people.stream()
                .filter(person -> person.home().getFirst().equals(stream.project()))
                .skip(number % 2)
                .findFirst()
                .orElse(people.getFirst());
        LocalDate target = weeks.first().plusDays(7L * stream.last() + 4);
        Optional<String> summary = ended.map(_ -> stream.summary());
        Instant changed = ended.orElse(created);
        String key = "WS-" + number;
        streamRows.add(
                id,
                workspaceId,
                number,
                stream.name(),
                stream.goal(),
                status,
                owner.id(),
                target,
                summary,
                people.getFirst().id(),
                created,
                changed,
                ended,
                Team.repository(stream.project()));
        Events.About about = new Events.About("workstream", id, key, Optional.empty(), Optional.of(id));
        events.by(people.getFirst(), created, "planned", about, Map.of("title", stream.name()));
        ended.ifPresent(at -> events.by(
                owner,
                at,
                "completed",
                about,
                Map.of("title", stream.name(), "outcome", stream.end(), "summary", stream.summary())));
        footprints.add(new Footprint(
                new Subject(Subject.Kind.WORKSTREAM, id, key),
                stream.name(),
                stream.goal(),
                status,
                status.equals("active"),
                ended,
                Optional.of(owner.id()),
                List.of(),
                Optional.of(Team.repository(stream.project())),
                Optional.empty(),
                List.of()));
    }

    private void task(Job job, UUID project) {
        Optional<UUID> stream = stream(job);
        String repository = Team.repository(job.work.project());
        Optional<UUID> owner = job.owner.map(Person::id);
        Optional<String> branch = job.started.map(_ -> job.branch());
        tasks.add(
                job.id,
                workspaceId,
                project,
                job.number,
                job.work.title(),
                job.work.description(),
                job.status(),
                job.priority,
                owner,
                job.planner.id(),
                job.work.labels(),
                stream,
                job.work.paths(),
                repository,
                branch,
                job.estimate,
                job.ended.map(_ -> job.cancelled ? "cancelled" : "done"),
                job.ended.map(_ -> job.summary),
                job.planned,
                job.changed(),
                job.backlog ? Optional.empty() : Optional.of(job.planned),
                job.started,
                job.review,
                job.ended);
        Events.About about = Events.About.task(job, stream);
        events.by(job.planner, job.planned, "planned", about, Map.of("title", job.work.title()));
        job.started.ifPresent(
                at -> events.by(job.owner.orElseThrow(), at, "started", about, Map.of("title", job.work.title())));
        job.review.ifPresent(
                at -> events.by(job.owner.orElseThrow(), at, "changed", about, moved("in_progress", "in_review")));
        job.ended.ifPresent(at -> {
            Map<String, Object> payload = new LinkedHashMap<>();
            payload.put("title", job.work.title());
            payload.put("outcome", job.cancelled ? "cancelled" : "done");
            payload.put("summary", job.summary);
            events.by(job.owner.orElse(job.planner), at, "completed", about, payload);
        });
        footprints.add(new Footprint(
                new Subject(Subject.Kind.TASK, job.id, job.key),
                job.work.title(),
                job.work.description(),
                job.status(),
                job.isUnderWay(),
                job.ended,
                owner,
                job.work.paths(),
                Optional.of(repository),
                branch,
                List.of()));
    }

    private static Map<String, ?> moved(String before, String after) {
        return Map.of("changes", List.of(Map.of("field", "status", "before", before, "after", after)));
    }

    /** Work that waits waits for work of the same stream that is under way. */
    private void waiting(List<Job> jobs) {
        for (Job job : jobs) {
            if (job.started.isPresent() || job.work.stream().isEmpty() || !chance.happens(0.6)) {
                continue;
            }
            jobs.stream()
                    .filter(other -> other.work.stream().equals(job.work.stream()) && other.isUnderWay())
                    .limit(1)
                    .forEach(other -> dependencies.add(workspaceId, job.id, other.id));
        }
    }

    static Duration soon(Chance chance, int leastMinutes, int belowMinutes) {
        return Duration.ofMinutes(chance.between(leastMinutes, belowMinutes));
    }
}
