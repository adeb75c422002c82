package dev.covibe.console.workstreams;

import dev.covibe.console.frame.ProgressBar;
import dev.covibe.console.frame.Who;
import java.util.List;

/**
 * One workstream: goal, progress, tasks, story.
 *
 * @param goal safe HTML, empty if there is none
 * @param open whether it can still be completed
 * @param target the target date in words, empty if none
 * @param summary what came of it, as safe HTML, empty while it is open
 * @param error why the last action was refused, empty if there was none
 */
public record WorkstreamDetail(
        String key,
        String name,
        String state,
        String goal,
        String statusWord,
        boolean open,
        Who owner,
        String target,
        boolean late,
        ProgressBar progress,
        String summary,
        List<WorkstreamsView.Group> groups,
        int taskCount,
        List<StoryEntry> story,
        String error) {}
