package dev.covibe.console.workstreams;

import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.People;
import dev.covibe.identity.Caller;
import dev.covibe.work.ItemRef;
import dev.covibe.work.Priority;
import dev.covibe.work.ProjectView;
import dev.covibe.work.Projects;
import dev.covibe.work.TaskStatus;
import dev.covibe.work.TaskView;
import dev.covibe.work.WorkstreamQueries;
import dev.covibe.work.WorkstreamStatus;
import dev.covibe.work.WorkstreamView;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Fills the planning forms with their choices. */
@ApplicationScoped
class PlanForms {

    /** The form's name of a field where the work desk calls it otherwise. */
    static final Map<String, String> FIELDS = Map.of("depends_on", "dependencies", "estimate_minutes", "estimate");

    private static final int STREAMS = 200;

    private final Projects projects;
    private final WorkstreamQueries streams;

    PlanForms(Projects projects, WorkstreamQueries streams) {
        this.projects = projects;
        this.streams = streams;
    }

    /** @param key the task's key when one is edited, empty for a new one */
    PlanView task(
            Caller caller,
            String key,
            PlanInput input,
            People people,
            Map<String, String> errors,
            CandidatesView candidates) {
        boolean more = Stream.of(input.labels, input.references, input.dependencies, input.repository, input.branch)
                        .anyMatch(text -> !text.isBlank())
                || Stream.of("labels", "references", "dependencies", "repository", "branch")
                        .anyMatch(errors::containsKey);
        return new PlanView(
                key,
                input.title,
                input.description,
                projects(caller, input.project),
                List.of(TaskStatus.PLANNED, TaskStatus.BACKLOG).stream()
                        .map(status -> new Choice(
                                status.key(), status.title(), status.key().equals(input.status)))
                        .toList(),
                priorities(input.priority),
                people.choices("Nobody yet", input.owner),
                streams(caller, input.workstream),
                input.labels,
                input.paths,
                input.references,
                input.dependencies,
                input.repository,
                input.branch,
                input.estimate,
                more,
                errors,
                candidates);
    }

    /** @param key the workstream's key when one is edited, empty for a new one */
    PlanWorkstreamView workstream(
            String key, PlanInput input, People people, Map<String, String> errors, CandidatesView candidates) {
        return new PlanWorkstreamView(
                key,
                input.title,
                input.description,
                people.choices("Nobody yet", input.owner),
                input.target,
                errors,
                candidates);
    }

    /** Without a choice of the reader's the busiest project is offered. */
    private List<Choice> projects(Caller caller, String wanted) {
        List<ProjectView> open = projects.list(caller).stream()
                .filter(project -> project.archivedAt().isEmpty())
                .toList();
        String chosen = wanted.isEmpty()
                ? open.stream()
                        .max(Comparator.comparingLong(ProjectView::openTasks))
                        .map(ProjectView::key)
                        .orElse("")
                : wanted;
        return open.stream()
                .map(project -> new Choice(
                        project.key(),
                        project.key() + ", " + project.name(),
                        project.key().equals(chosen)))
                .toList();
    }

    private static List<Choice> priorities(String chosen) {
        return Stream.of(Priority.NONE, Priority.LOW, Priority.MEDIUM, Priority.HIGH, Priority.URGENT)
                .map(priority -> new Choice(
                        priority.key(), priority.title(), priority.key().equals(chosen)))
                .toList();
    }

    private List<Choice> streams(Caller caller, String chosen) {
        Set<WorkstreamStatus> open = Set.of(WorkstreamStatus.PLANNED, WorkstreamStatus.ACTIVE);
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice("", "None", chosen.isEmpty()));
        for (WorkstreamView stream :
                streams.list(caller, open, Optional.empty(), STREAMS).items()) {
            choices.add(new Choice(stream.key(), stream.name(), stream.key().equals(chosen)));
        }
        if (choices.stream().noneMatch(Choice::chosen)) {
            choices.add(new Choice(chosen, chosen, true));
        }
        return choices;
    }

    /** An existing task as the form shows it. */
    static PlanInput input(TaskView task) {
        PlanInput input = new PlanInput();
        input.title = task.title();
        input.description = task.description();
        input.project = task.project();
        input.workstream = task.workstream().map(ItemRef::key).orElse("");
        input.status = task.status().key();
        input.owner = task.owner().orElse("");
        input.priority = task.priority().key();
        input.labels = String.join(", ", task.labels());
        input.paths = String.join("\n", task.paths());
        input.repository = task.repository().orElse("");
        input.branch = task.branch().orElse("");
        input.references = String.join("\n", task.references());
        input.dependencies =
                String.join(", ", task.dependsOn().stream().map(ItemRef::key).toList());
        input.estimate = task.estimateMinutes().map(Estimates::hours).orElse("");
        return input;
    }
}
