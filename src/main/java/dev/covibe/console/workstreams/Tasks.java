package dev.covibe.console.workstreams;

import dev.covibe.console.coordination.BlockerItem;
import dev.covibe.console.coordination.DecisionItem;
import dev.covibe.console.coordination.MessageItem;
import dev.covibe.console.frame.Markdown;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;
import dev.covibe.work.ItemRef;
import dev.covibe.work.TaskStatus;
import dev.covibe.work.TaskView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Turns a task as the work desk reads it into what its page shows. */
final class Tasks {

    private Tasks() {}

    static TaskDetail detail(
            TaskView task,
            People people,
            List<StoryEntry> story,
            List<BlockerItem> blockers,
            List<DecisionItem> decisions,
            List<MessageItem> messages,
            String error,
            String note,
            Instant now) {
        Who owner = people.who(task.owner(), task.ownerAgent());
        return new TaskDetail(
                task.key(),
                task.title(),
                state(task, owner, now),
                Markdown.html(task.description()),
                task.status().key(),
                task.status().title(),
                task.priority().key(),
                task.priority().title(),
                owner,
                people.who(task.plannedBy(), task.plannedByAgent()),
                task.project(),
                task.workstream().map(ItemRef::key).orElse(""),
                task.workstream().map(ItemRef::title).orElse(""),
                task.labels(),
                task.paths(),
                task.references().stream().map(Tasks::reference).toList(),
                task.repository().orElse(""),
                task.branch().orElse(""),
                task.estimateMinutes().map(Estimates::words).orElse(""),
                task.dependsOn().stream().map(Tasks::linked).toList(),
                task.blocks().stream().map(Tasks::linked).toList(),
                When.of(task.createdAt(), now),
                When.of(task.updatedAt(), now),
                task.summary().map(Markdown::html).orElse(""),
                Moves.of(task.status()),
                task.ready(),
                blockers,
                decisions,
                messages,
                people.choices("Anybody", ""),
                error,
                note,
                story);
    }

    private static String state(TaskView task, Who owner, Instant now) {
        List<String> open = task.dependsOn().stream()
                .filter(item -> TaskStatus.of(item.status()).isOpen())
                .map(ItemRef::key)
                .toList();
        String waits =
                open.isEmpty() || !task.status().isOpen() ? "" : " It waits for " + String.join(", ", open) + ".";
        return switch (task.status()) {
            case BACKLOG -> "Not planned yet." + waits;
            case PLANNED ->
                task.ready()
                        ? "Nobody is on it. It is ready to take."
                        : (owner.isNobody() ? "Nobody is on it." : owner.label() + " has it planned.") + waits;
            case IN_PROGRESS -> owner.label() + " is on it" + since(task.startedAt(), now) + "." + waits;
            case IN_REVIEW -> "Waiting for review" + since(task.reviewAt(), now) + "." + waits;
            case DONE -> "Done" + ago(task.endedAt(), now) + ".";
            case CANCELLED -> "Cancelled" + ago(task.endedAt(), now) + ".";
        };
    }

    private static String since(Optional<Instant> from, Instant now) {
        return from.map(start -> Duration.between(start, now))
                .filter(time -> time.toMinutes() > 0)
                .map(time -> {
                    if (time.toHours() == 0) {
                        return " for " + time.toMinutes() + " min";
                    }
                    return time.toDays() == 0 ? " for " + time.toHours() + " h" : " for " + time.toDays() + " d";
                })
                .orElse("");
    }

    private static String ago(Optional<Instant> at, Instant now) {
        return at.map(end -> When.of(end, now).ago())
                .map(words -> words.equals("now") ? " just now" : (words.endsWith("ago") ? " " : " on ") + words)
                .orElse("");
    }

    private static TaskDetail.Linked linked(ItemRef item) {
        TaskStatus status = TaskStatus.of(item.status());
        return new TaskDetail.Linked(item.key(), item.title(), status.key(), status.title());
    }

    /** Only web addresses become links: a reference is what somebody typed. */
    private static TaskDetail.Reference reference(String text) {
        boolean web = text.startsWith("https://") || text.startsWith("http://");
        return new TaskDetail.Reference(web ? text.replaceFirst("^https?://", "") : text, web ? text : "");
    }
}
