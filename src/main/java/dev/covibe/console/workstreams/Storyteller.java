package dev.covibe.console.workstreams;

import com.fasterxml.jackson.databind.JsonNode;
import dev.covibe.console.frame.Markdown;
import dev.covibe.console.frame.People;
import dev.covibe.console.frame.When;
import dev.covibe.journal.WorkEvent;
import dev.covibe.overlap.OverlapAnswers;
import dev.covibe.work.Priority;
import dev.covibe.work.TaskStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Tells the events of the journal as sentences (WRK-6), the oldest first. */
public final class Storyteller {

    private static final int LONGEST_VALUE = 160;

    private final People people;
    private final Instant now;
    private final boolean ofOneTask;

    /** @param ofOneTask whether the page is about the events' subject itself, so that its key need not be said */
    public Storyteller(People people, Instant now, boolean ofOneTask) {
        this.people = people;
        this.now = now;
        this.ofOneTask = ofOneTask;
    }

    /** @param events newest first, as the journal gives them */
    public List<StoryEntry> tell(List<WorkEvent> events) {
        return events.reversed().stream().map(this::entry).toList();
    }

    private StoryEntry entry(WorkEvent event) {
        JsonNode payload = event.payload();
        return new StoryEntry(
                event.id().toString(),
                people.who(event.handle(), event.agent()),
                verb(event),
                changes(payload),
                text(payload),
                When.of(event.at(), now));
    }

    private String verb(WorkEvent event) {
        String it = ofOneTask ? "it" : event.subject().key();
        JsonNode payload = event.payload();
        return switch (event.kind()) {
            case PLANNED ->
                "planned " + it + (payload.has("confirmed") ? ", confirmed as different from other work" : "");
            case STARTED -> "took " + it;
            case PROGRESSED -> "reports progress" + (ofOneTask ? "" : " on " + it);
            case NOTED -> "noted" + (ofOneTask ? "" : " on " + it);
            case CHANGED -> moved(payload, it);
            case CONFIRMED -> "confirmed that other work is different from " + it;
            case COMPLETED -> ended(payload, it);
            case IMPORTED -> "imported " + it;
            case SESSION_STARTED -> "started a session";
            case SESSION_ENDED -> "ended a session";
            case MESSAGED -> "sent a message" + (ofOneTask ? "" : " about " + it);
            case ACKNOWLEDGED -> "acknowledged a message";
            case BLOCKED -> "is blocked" + (ofOneTask ? "" : " on " + it);
            case UNBLOCKED -> "answered a blocker" + (ofOneTask ? "" : " of " + it);
            case DECISION_WANTED -> "asked for a decision";
            case DECIDED -> "decided: " + payload.path("choice").asText();
            case CLAIMED -> "claimed " + event.subject().key();
            case RELEASED -> "released " + event.subject().key();
            case CLAIM_OVERRIDDEN ->
                "overrode the claim of @" + payload.path("holder").asText() + " on "
                        + event.subject().key();
            case AUDITED -> "looked for overlaps in all work";
            case OVERLAP_ANSWERED -> judged(payload, it);
            case WORKSPACE_DATA_RESET -> "deleted all work of the workspace";
            case HEADS_MOVED -> "moved in a repository";
        };
    }

    private static String moved(JsonNode payload, String it) {
        JsonNode changes = payload.path("changes");
        return isMove(changes)
                ? "moved " + it + (payload.path("undone").asBoolean() ? " back to " : " to ")
                        + value("status", changes.path(0).path("after"))
                : "changed " + it;
    }

    private static boolean isMove(JsonNode changes) {
        return changes.size() == 1 && changes.path(0).path("field").asText().equals("status");
    }

    private static String judged(JsonNode payload, String it) {
        String pair = it + " and " + payload.path("other").asText();
        return switch (payload.path("verdict").asText()) {
            case "same" -> "said that " + pair + " are the same work";
            case OverlapAnswers.WITHDRAWN -> "took back the answer for " + pair;
            default -> "said that " + pair + " are different";
        };
    }

    private static String ended(JsonNode payload, String it) {
        String outcome = payload.has("outcome")
                ? payload.path("outcome").asText()
                : payload.path("changes").path(0).path("after").asText();
        return (outcome.equals("cancelled") ? "cancelled " : "completed ") + it;
    }

    private static List<StoryEntry.Change> changes(JsonNode payload) {
        JsonNode changes = payload.path("changes");
        if (isMove(changes)) {
            return List.of();
        }
        List<StoryEntry.Change> told = new ArrayList<>();
        for (JsonNode change : changes) {
            String field = change.path("field").asText();
            told.add(new StoryEntry.Change(
                    words(field), value(field, change.path("before")), value(field, change.path("after"))));
        }
        return told;
    }

    private static String value(String field, JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining(", "));
        }
        String text = value.asText();
        return switch (field) {
            case "status" -> statusWord(text);
            case "priority" -> Priority.of(text).title();
            case "owner" -> text.isEmpty() ? "" : "@" + text;
            case "estimate_minutes" -> Estimates.words(value.asInt());
            default -> text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
        };
    }

    private static String statusWord(String key) {
        for (TaskStatus status : TaskStatus.values()) {
            if (status.key().equals(key)) {
                return status.title();
            }
        }
        return words(key);
    }

    /** {@code depends_on} becomes {@code Depends on}. */
    private static String words(String field) {
        String spaced = field.replace('_', ' ').replace(" minutes", "");
        return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
    }

    private static String text(JsonNode payload) {
        for (String field : List.of("text", "summary", "confirm_reason", "reason")) {
            String text = payload.path(field).asText("");
            if (!text.isBlank()) {
                return Markdown.html(text);
            }
        }
        return "";
    }
}
