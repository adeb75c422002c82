package dev.covibe.work;

import dev.covibe.platform.problem.Refusal;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** One unit of planned work (WRK-2): its state and what may become of it. */
@Entity
@Table(name = "tasks")
class Task {

    @Id
    UUID id;

    @Column(name = "workspace_id", updatable = false)
    UUID workspaceId;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "project_id", updatable = false)
    Project project;

    @Column(updatable = false)
    int number;

    String title;
    String description;
    TaskStatus status;
    Priority priority;

    @Column(name = "owner_id")
    UUID ownerId;

    @Column(name = "owner_session_id")
    UUID ownerSessionId;

    @Column(name = "planned_by", updatable = false)
    UUID plannedBy;

    @Column(name = "planned_by_session_id", updatable = false)
    UUID plannedBySessionId;

    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> labels;

    @Column(name = "workstream_id")
    UUID workstreamId;

    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> paths;

    String repository;
    String branch;

    @Column(name = "external_references")
    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> references;

    @Column(name = "estimate_minutes")
    Integer estimateMinutes;

    Outcome outcome;

    @Column(name = "completion_summary")
    String completionSummary;

    @Column(name = "created_at", updatable = false)
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    @Column(name = "planned_at")
    Instant plannedAt;

    @Column(name = "started_at")
    Instant startedAt;

    @Column(name = "review_at")
    Instant reviewAt;

    @Column(name = "ended_at")
    Instant endedAt;

    @Version
    int version;

    ItemKey key() {
        return new ItemKey(project.key, number);
    }

    /** Begins the work for a developer. Whether it is free to take was decided under the row's lock. */
    void start(UUID developerId, UUID sessionId, Instant now) {
        ownerId = developerId;
        ownerSessionId = sessionId;
        enter(TaskStatus.IN_PROGRESS, now);
    }

    /**
     * Moves the task by hand, as on the board. Going back to backlog or planned gives it back: nobody owns it then.
     *
     * @throws Refusal.Conflict {@code task.status-change}
     */
    void move(TaskStatus next, UUID mover, UUID sessionId, Instant now) {
        if (!status.canBecome(next)) {
            throw Refusal.conflict(
                    "task.status-change",
                    status == next
                            ? key() + " is already " + status.title().toLowerCase(Locale.ROOT) + "."
                            : key() + " is " + status.title().toLowerCase(Locale.ROOT)
                                    + "; reopen it as planned or backlog first.");
        }
        switch (next) {
            case BACKLOG, PLANNED -> {
                ownerId = null;
                ownerSessionId = null;
                outcome = null;
                completionSummary = null;
                endedAt = null;
            }
            case IN_PROGRESS, IN_REVIEW -> {
                if (ownerId == null) {
                    ownerId = mover;
                    ownerSessionId = sessionId;
                }
            }
            case DONE -> outcome = Outcome.DONE;
            case CANCELLED -> outcome = Outcome.CANCELLED;
        }
        enter(next, now);
    }

    /** @throws Refusal.Conflict {@code task.ended} when it has ended before */
    void finish(Outcome how, String summary, Instant now) {
        if (!status.isOpen()) {
            throw Refusal.conflict(
                    "task.ended", key() + " is already " + status.title().toLowerCase(Locale.ROOT) + ".");
        }
        outcome = how;
        completionSummary = summary;
        enter(how.taskStatus(), now);
    }

    /** Comes in from a file in the state that it had elsewhere. */
    void arrive(TaskStatus arrived, Instant now) {
        if (!arrived.isOpen()) {
            outcome = arrived == TaskStatus.DONE ? Outcome.DONE : Outcome.CANCELLED;
        }
        enter(arrived, now);
    }

    /** Stands again where it stood. */
    void putBack(Standing before, Instant now) {
        status = before.status();
        ownerId = before.ownerId().orElse(null);
        ownerSessionId = before.ownerSessionId().orElse(null);
        outcome = before.outcome().orElse(null);
        completionSummary = before.summary().orElse(null);
        plannedAt = before.plannedAt().orElse(null);
        startedAt = before.startedAt().orElse(null);
        reviewAt = before.reviewAt().orElse(null);
        endedAt = before.endedAt().orElse(null);
        updatedAt = now;
    }

    private void enter(TaskStatus next, Instant now) {
        status = next;
        updatedAt = now;
        switch (next) {
            case BACKLOG -> {}
            case PLANNED -> plannedAt = now;
            case IN_PROGRESS -> startedAt = startedAt == null ? now : startedAt;
            case IN_REVIEW -> reviewAt = now;
            case DONE, CANCELLED -> endedAt = now;
        }
    }
}
