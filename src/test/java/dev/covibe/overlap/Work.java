package dev.covibe.overlap;

import dev.covibe.platform.sql.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Builds footprints for tests: open, planned, nobody's, until told otherwise. */
final class Work {

    private final Subject subject;
    private final String description;
    private final List<String> paths;
    private final List<String> references;
    private String title;
    private boolean inProgress;
    private Optional<Instant> closedAt = Optional.empty();
    private Optional<UUID> owner = Optional.empty();
    private Optional<String> branch = Optional.empty();

    Work(int number, String title, String description, List<String> paths, List<String> references) {
        this.subject = new Subject(Subject.Kind.TASK, Ids.next(), "WEB-" + number);
        this.title = title;
        this.description = description;
        this.paths = paths;
        this.references = references;
    }

    Work called(String name) {
        title = name;
        return this;
    }

    Work started() {
        inProgress = true;
        return this;
    }

    Work closed(Instant at) {
        closedAt = Optional.ofNullable(at);
        return this;
    }

    Work owned(UUID developer) {
        owner = Optional.of(developer);
        return this;
    }

    Work on(String name) {
        branch = Optional.of(name);
        return this;
    }

    Footprint build() {
        return new Footprint(
                subject,
                title,
                description,
                inProgress ? "in_progress" : "planned",
                inProgress,
                closedAt,
                owner,
                paths,
                Optional.of("github.com/acme/web"),
                branch,
                references);
    }
}
