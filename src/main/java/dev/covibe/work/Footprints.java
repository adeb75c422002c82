package dev.covibe.work;

import dev.covibe.identity.Caller;
import dev.covibe.overlap.Footprint;
import dev.covibe.overlap.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What tasks and workstreams say of themselves to the overlap check. */
@ApplicationScoped
class Footprints {

    private static final UUID NOBODY = new UUID(0, 0);

    Footprint of(Task task) {
        return new Footprint(
                new Subject(Subject.Kind.TASK, task.id, task.key().toString()),
                task.title,
                task.description,
                task.status.key(),
                task.status == TaskStatus.IN_PROGRESS || task.status == TaskStatus.IN_REVIEW,
                Optional.ofNullable(task.endedAt),
                Optional.ofNullable(task.ownerId),
                task.paths,
                Optional.ofNullable(task.repository),
                Optional.ofNullable(task.branch),
                task.references);
    }

    Footprint of(Workstream workstream) {
        return new Footprint(
                new Subject(
                        Subject.Kind.WORKSTREAM, workstream.id, workstream.key().toString()),
                workstream.name,
                workstream.goal,
                workstream.status.key(),
                workstream.status == WorkstreamStatus.ACTIVE,
                Optional.ofNullable(workstream.endedAt),
                Optional.ofNullable(workstream.ownerId),
                workstream.paths,
                Optional.ofNullable(workstream.repository),
                Optional.empty(),
                List.of());
    }

    /** A plan that does not exist yet, as its planner's. */
    Footprint draft(Caller caller, TaskPlan plan) {
        return new Footprint(
                new Subject(Subject.Kind.TASK, NOBODY, "draft"),
                plan.title(),
                plan.description().orElse(""),
                TaskStatus.PLANNED.key(),
                false,
                Optional.empty(),
                Optional.of(caller.developerId()),
                plan.paths(),
                PlanRules.repository(plan.repository()),
                plan.branch(),
                plan.references());
    }
}
