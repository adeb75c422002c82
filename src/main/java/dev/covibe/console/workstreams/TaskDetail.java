package dev.covibe.console.workstreams;

import dev.covibe.console.coordination.BlockerItem;
import dev.covibe.console.coordination.DecisionItem;
import dev.covibe.console.coordination.MessageItem;
import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;
import java.util.List;

/**
 * A task with its whole story (WRK-6).
 *
 * @param state one sentence: "@lin / codex has been on it for 2 h"
 * @param description safe HTML, empty if there is none
 * @param moves the status changes that are allowed now; the first is the likeliest next step
 * @param takeable whether the reader can take it with one press
 * @param estimate in words, empty if none
 * @param blockers what holds it up or did, the newest first
 * @param decisions questions about it, the last asked first
 * @param messages what was sent to its followers, the newest first
 * @param needs whom a blocker or question may need
 * @param error why the last action was refused, empty if there was none
 * @param note what was typed into the note form before
 */
public record TaskDetail(
        String key,
        String title,
        String state,
        String description,
        String status,
        String statusWord,
        String priority,
        String priorityWord,
        Who owner,
        Who plannedBy,
        String project,
        String streamKey,
        String stream,
        List<String> labels,
        List<String> paths,
        List<Reference> references,
        String repository,
        String branch,
        String estimate,
        List<Linked> blockedBy,
        List<Linked> blocks,
        When created,
        When changed,
        String summary,
        List<Move> moves,
        boolean takeable,
        List<BlockerItem> blockers,
        List<DecisionItem> decisions,
        List<MessageItem> messages,
        List<Choice> needs,
        String error,
        String note,
        List<StoryEntry> story) {

    /** The page itself, to which an answered form goes back. */
    public String address() {
        return "/workstreams/tasks/" + key;
    }

    /** Something outside: an issue's address, or only its number, where {@code url} is empty. */
    public record Reference(String word, String url) {}

    /** A task that this one waits for, or that waits for this one. */
    public record Linked(String key, String title, String status, String statusWord) {}

    /**
     * A status the task may change to.
     *
     * @param word what the button says: "Start work", "Send to review", "Complete", "Cancel task"
     * @param asksSummary whether the change needs a completion summary
     */
    public record Move(String status, String word, boolean asksSummary) {}
}
