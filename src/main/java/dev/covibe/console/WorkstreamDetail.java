package dev.covibe.console;

import java.util.List;

/**
 * One workstream: goal, progress, tasks, story.
 *
 * @param goal safe HTML, empty if there is none
 * @param target the target date in words, empty if none
 * @param error why the last action was refused, empty if there was none
 */
public record WorkstreamDetail(
        String key,
        String name,
        String state,
        String goal,
        String statusWord,
        Who owner,
        String target,
        boolean late,
        ProgressBar progress,
        List<WorkstreamsView.Group> groups,
        int taskCount,
        List<StoryEntry> story,
        String error,
        String version) {}
