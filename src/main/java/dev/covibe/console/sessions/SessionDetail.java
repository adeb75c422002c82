package dev.covibe.console.sessions;

import dev.covibe.agents.usage.SessionScore;
import dev.covibe.console.charts.Waterfall;
import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;
import dev.covibe.console.settings.AlertLine;
import dev.covibe.console.workstreams.StoryEntry;
import dev.covibe.console.workstreams.TaskDetail;
import java.util.List;

/**
 * A session with what it did and used (AGT-1).
 *
 * @param title "@lin / Codex"
 * @param sentence one sentence of its state
 * @param kind the kind of agent in words, with its version
 * @param tone of the state's badge: "active", "warn", "bad" or empty
 * @param task what it works on, or worked on last; key empty if nothing
 * @param ended when, empty while it goes on
 * @param parent address of the session that opened it, empty if none
 * @param summary safe HTML of what it said at the end, empty if nothing
 * @param coverage one sentence: who told what it used
 * @param outside what it used while it was on no task, empty if nothing
 * @param score how well it went, or goes so far
 */
public record SessionDetail(
        String id,
        String title,
        String sentence,
        Who who,
        String agent,
        String kind,
        String state,
        String stateWord,
        String tone,
        String model,
        String repository,
        String branch,
        String worktree,
        TaskDetail.Linked task,
        When started,
        When seen,
        List<When> ended,
        String parent,
        String summary,
        Spend spend,
        String coverage,
        String outside,
        List<Model> models,
        List<Source> sources,
        Waterfall steps,
        List<SessionLine> children,
        SessionScore score,
        List<AlertLine> alerts,
        List<StoryEntry> story) {

    /** What one model was used for. */
    public record Model(String provider, String model, Spend spend) {}

    /** Who reported it, and whether that is what is shown. */
    public record Source(String name, boolean counts, Spend spend) {}
}
