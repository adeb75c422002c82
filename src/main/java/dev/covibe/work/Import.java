package dev.covibe.work;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.covibe.identity.Caller;
import dev.covibe.journal.EventKind;
import dev.covibe.journal.Journal;
import dev.covibe.overlap.Footprint;
import dev.covibe.overlap.Overlaps;
import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.tenancy.Transactions;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Brings tasks and workstreams in from a file (WRK-7), all or nothing unless the caller wants what can be had. Imported
 * work exists already, so it is not held up by overlaps; it leaves footprints like any other, and the answer counts the
 * overlaps that were found.
 */
@ApplicationScoped
public class Import {

    static final Set<String> TASK_COLUMNS = Set.of(
            "title", "description", "status", "priority", "labels", "owner", "workstream", "paths", "references");
    static final Set<String> WORKSTREAM_COLUMNS = Set.of("name", "goal", "status", "owner", "target_date");

    private final Transactions transactions;
    private final Projects projects;
    private final Tasks tasks;
    private final Workstreams workstreams;
    private final Planning planning;
    private final Footprints footprints;
    private final Overlaps overlaps;
    private final Journal journal;
    private final ObjectMapper json;
    private final Clock clock;

    Import(
            Transactions transactions,
            Projects projects,
            Tasks tasks,
            Workstreams workstreams,
            Planning planning,
            Footprints footprints,
            Overlaps overlaps,
            Journal journal,
            ObjectMapper json,
            Clock clock) {
        this.transactions = transactions;
        this.projects = projects;
        this.tasks = tasks;
        this.workstreams = workstreams;
        this.planning = planning;
        this.footprints = footprints;
        this.overlaps = overlaps;
        this.journal = journal;
        this.json = json;
        this.clock = clock;
    }

    /**
     * @param dryRun answer as if, and leave nothing behind
     * @param partial create the good rows even when others are refused
     */
    public record Options(boolean dryRun, boolean partial) {}

    /** The two forms that a file may have. */
    public enum Form {
        CSV,
        JSON_LINES
    }

    /** @param row counted from 1, the header not counted */
    @RegisterForReflection
    public record Created(int row, String key) {}

    /** @param field the column at fault; empty when the row as a whole is */
    @RegisterForReflection
    public record Refused(int row, String field, String message) {}

    /**
     * @param overlaps how many of the created tasks look like other work
     * @param dryRun nothing was kept: keys are what they would have been
     */
    @RegisterForReflection
    public record Answer(List<Created> created, List<Refused> refused, int overlaps, boolean dryRun) {}

    /** Imports tasks into a project. */
    public Answer tasks(Caller caller, Optional<String> projectKey, Form form, String text, Options options) {
        List<ImportFile.Row> rows = rows(form, text, TASK_COLUMNS, "title");
        return run(caller, options, () -> {
            Project project = projects.choose(caller, projectKey, Optional.empty());
            List<Refused> refused = new ArrayList<>();
            List<Drawn<Task>> drawn = draw(rows, refused, row -> task(caller, project, row));
            if (!isWanted(refused, options)) {
                return new Answer(List.of(), refused, 0, options.dryRun());
            }
            int number = projects.nextNumbers(project, drawn.size());
            List<Footprint> left = new ArrayList<>();
            for (Drawn<Task> one : drawn) {
                one.item().number = number++;
                tasks.persist(one.item());
                left.add(footprints.of(one.item()));
            }
            tasks.flush();
            drawn.forEach(one -> journal.record(
                    caller, EventKind.IMPORTED, Planning.subject(one.item()), Map.of("title", one.item().title)));
            int found = overlaps.leaveAll(caller.place(), left);
            List<Created> created = drawn.stream()
                    .map(one -> new Created(one.row(), one.item().key().toString()))
                    .toList();
            return new Answer(created, refused, found, options.dryRun());
        });
    }

    private Task task(Caller caller, Project project, ImportFile.Row row) {
        TaskStatus status = row.text("status").map(TaskStatus::of).orElse(TaskStatus.BACKLOG);
        TaskPlan plan = new TaskPlan(
                row.text("title").orElse(""),
                row.text("description"),
                Optional.of(project.key),
                row.text("workstream"),
                Optional.of(TaskStatus.BACKLOG.key()),
                row.text("owner"),
                row.text("priority"),
                row.list("labels"),
                row.list("paths"),
                Optional.empty(),
                Optional.empty(),
                row.list("references"),
                List.of(),
                Optional.empty());
        PlanRules.check(plan);
        Task task = planning.drawn(caller, plan, project, Optional.empty());
        task.arrive(status, clock.instant());
        return task;
    }

    /** Imports workstreams. */
    public Answer workstreams(Caller caller, Form form, String text, Options options) {
        List<ImportFile.Row> rows = rows(form, text, WORKSTREAM_COLUMNS, "name");
        return run(caller, options, () -> {
            List<Refused> refused = new ArrayList<>();
            List<Drawn<Workstream>> drawn = draw(rows, refused, row -> workstream(caller, row));
            if (!isWanted(refused, options)) {
                return new Answer(List.of(), refused, 0, options.dryRun());
            }
            List<Footprint> left = new ArrayList<>();
            for (Drawn<Workstream> one : drawn) {
                one.item().number = workstreams.nextNumber(caller);
                workstreams.persist(one.item());
                left.add(footprints.of(one.item()));
            }
            workstreams.flush();
            drawn.forEach(one -> journal.record(
                    caller, EventKind.IMPORTED, Planning.subject(one.item()), Map.of("title", one.item().name)));
            int found = overlaps.leaveAll(caller.place(), left);
            List<Created> created = drawn.stream()
                    .map(one -> new Created(one.row(), one.item().key().toString()))
                    .toList();
            return new Answer(created, refused, found, options.dryRun());
        });
    }

    private Workstream workstream(Caller caller, ImportFile.Row row) {
        WorkstreamPlan plan = new WorkstreamPlan(
                row.text("name").orElse(""),
                row.text("goal"),
                row.text("owner"),
                row.text("target_date").map(Import::date),
                List.of(),
                Optional.empty());
        PlanRules.check(plan);
        Workstream workstream = planning.drawn(caller, plan);
        workstream.status = row.text("status").map(WorkstreamStatus::of).orElse(WorkstreamStatus.PLANNED);
        workstream.endedAt = workstream.status.isOpen() ? null : workstream.createdAt;
        return workstream;
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException unreadable) {
            throw Refusal.invalidField("/target_date", "A date is written 2026-11-20.");
        }
    }

    private List<ImportFile.Row> rows(Form form, String text, Set<String> columns, String wanted) {
        return switch (form) {
            case CSV -> ImportFile.csv(text, columns, wanted);
            case JSON_LINES -> ImportFile.jsonLines(text, columns, json);
        };
    }

    private record Drawn<T>(int row, T item) {}

    private static <T> List<Drawn<T>> draw(
            List<ImportFile.Row> rows, List<Refused> refused, Function<ImportFile.Row, T> draw) {
        List<Drawn<T>> drawn = new ArrayList<>();
        for (ImportFile.Row row : rows) {
            if (row.unreadable().isPresent()) {
                refused.add(new Refused(row.number(), "", row.unreadable().get()));
                continue;
            }
            try {
                drawn.add(new Drawn<>(row.number(), draw.apply(row)));
            } catch (Refusal.Invalid invalid) {
                refused.addAll(refused(row.number(), invalid));
            }
        }
        return drawn;
    }

    private static List<Refused> refused(int row, Refusal.Invalid invalid) {
        if (invalid.errors().isEmpty()) {
            return List.of(new Refused(row, "", invalid.getMessage()));
        }
        return invalid.errors().stream()
                .map((FieldError error) -> new Refused(
                        row, error.pointer().replaceFirst("^/", "").replaceFirst("/.*$", ""), error.message()))
                .toList();
    }

    private static boolean isWanted(List<Refused> refused, Options options) {
        return refused.isEmpty() || options.partial();
    }

    /** A dry run does everything, so that its answer is the true one, and then leaves nothing behind. */
    private Answer run(Caller caller, Options options, Supplier<Answer> work) {
        return options.dryRun() ? transactions.rehearse(caller.place(), work) : transactions.in(caller.place(), work);
    }
}
