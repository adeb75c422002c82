package dev.covibe.work;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A named area of work; its key numbers the tasks (WRK-1). */
@Entity
@Table(name = "projects")
class Project {

    @Id
    UUID id;

    @Column(name = "workspace_id", updatable = false)
    UUID workspaceId;

    @Column(updatable = false)
    String key;

    String name;
    String description;

    @JdbcTypeCode(SqlTypes.ARRAY)
    List<String> repositories;

    // Counted up by SQL while a task is planned, never by the entity.
    @Column(name = "last_number", insertable = false, updatable = false)
    int lastNumber;

    @Column(name = "created_at", updatable = false)
    Instant createdAt;

    @Column(name = "archived_at")
    Instant archivedAt;

    boolean isArchived() {
        return archivedAt != null;
    }
}
