package dev.covibe.work;

import dev.covibe.platform.problem.Refusal;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A longer line of work that groups tasks (WRK-3). */
@Entity
@Table(name = "workstreams")
class Workstream {

    @Id
    UUID id;

    @Column(name = "workspace_id", updatable = false)
    UUID workspaceId;

    @Column(updatable = false)
    int number;

    String name;
    String goal;
    WorkstreamStatus status;

    @Column(name = "owner_id")
    UUID ownerId;

    @Column(name = "target_date")
    LocalDate targetDate;

    /** Globs that the whole line of work is about, relative to the repository's root. */
    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> paths = List.of();

    String repository;

    @Column(name = "completion_summary")
    String completionSummary;

    @Column(name = "created_by", updatable = false)
    UUID createdBy;

    @Column(name = "created_at", updatable = false)
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    @Column(name = "ended_at")
    Instant endedAt;

    @Version
    int version;

    ItemKey key() {
        return new ItemKey(ItemKey.WORKSTREAM, number);
    }

    /** The first of its tasks was taken. */
    void begin(Instant now) {
        if (status == WorkstreamStatus.PLANNED) {
            status = WorkstreamStatus.ACTIVE;
            updatedAt = now;
        }
    }

    void finish(Outcome outcome, String summary, Instant now) {
        if (!status.isOpen()) {
            throw Refusal.conflict(
                    "workstream.ended", key() + " is already " + status.title().toLowerCase(Locale.ROOT) + ".");
        }
        status = outcome.workstreamStatus();
        completionSummary = summary;
        endedAt = now;
        updatedAt = now;
    }
}
