package dev.covibe.ops.demo;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** A task as it came about: planned, perhaps taken, perhaps reviewed, perhaps ended. */
final class Job {

    final Material.Work work;
    final UUID id;
    final Person planner;
    final Instant planned;
    final String priority;
    final int estimate;

    String key = "";
    int number;
    Optional<Person> owner = Optional.empty();
    Optional<Instant> started = Optional.empty();
    Optional<Instant> review = Optional.empty();
    Optional<Instant> ended = Optional.empty();
    boolean cancelled;
    boolean backlog;
    String summary = "";

    Job(Material.Work work, UUID id, Person planner, Instant planned, String priority, int estimate) {
        this.work = work;
        this.id = id;
        this.planner = planner;
        this.planned = planned;
        this.priority = priority;
        this.estimate = estimate;
    }

    String status() {
        if (cancelled) {
            return "cancelled";
        }
        if (ended.isPresent()) {
            return "done";
        }
        if (review.isPresent()) {
            return "in_review";
        }
        return started.isPresent() ? "in_progress" : backlog ? "backlog" : "planned";
    }

    Instant changed() {
        return ended.or(() -> review).or(() -> started).orElse(planned);
    }

    String branch() {
        return key.toLowerCase(java.util.Locale.ROOT) + "-"
                + work.title()
                        .toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^(.{0,32}[a-z0-9]).*$", "$1");
    }

    /** The directory that its first path names. */
    String place() {
        return work.paths().isEmpty() ? "src" : work.paths().getFirst().replaceFirst("/?\\*\\*.*$", "");
    }

    boolean isUnderWay() {
        return started.isPresent() && ended.isEmpty();
    }
}
