package dev.covibe.console.graph;

import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;
import java.util.List;

/**
 * The tree of one repository over all machines (GRF-2).
 *
 * @param state one sentence: who stands where
 * @param url this view's own address, which live updates read again
 * @param name of the repository shown; empty when none was reported yet
 * @param identity its remote, or that it has none
 * @param window the part of the tree that is shown
 * @param standing who stands where, for the list beside the tree
 * @param moreStanding how many the list leaves out
 * @param chosen what was clicked; beside the tree in place of the list
 * @param report the command that reports a first snapshot, for the empty page
 */
public record GraphView(
        String state,
        String url,
        String name,
        String identity,
        List<Repository> repositories,
        Hidden hidden,
        Window window,
        List<Stand> standing,
        int moreStanding,
        Chosen chosen,
        String report) {

    /** A repository to choose, under the name that tells most. */
    public record Repository(String name, String identity, String href, int worktrees, boolean current) {}

    /** How many repositories are kept private, by the reader and by teammates. */
    public record Hidden(int own, int ofTeammates) {

        public boolean isAny() {
            return own + ofTeammates > 0;
        }
    }

    /**
     * Some rows of the tree.
     *
     * @param width of the drawing in pixels
     * @param wide how much more room the lanes want than a narrow screen has: 0 for none, up to 4
     * @param newest the address of the top of the tree, empty where this is the top
     * @param more the address that continues below, empty at the end
     * @param moreRows the same for a script, which wants the rows alone
     */
    public record Window(
            int width, int wide, List<Row> rows, String newest, String more, String moreRows, String moreWord) {}

    /**
     * One row: a label between the groups, uncommitted work, or a commit.
     *
     * @param kind "label", "uncommitted" or "commit"
     * @param id the commit's sha or the worktree's id
     * @param text the subject, or what is uncommitted
     * @param beside the author, or the machine
     * @param more how many stand here besides those that are shown
     */
    public record Row(
            String kind,
            String id,
            String version,
            String href,
            boolean chosen,
            List<GraphDrawing.Line> lines,
            Node node,
            String text,
            String count,
            List<Stand> standing,
            int more,
            Task task,
            String beside,
            String sha,
            When when) {}

    /** @param style "node", with "is-merge", "is-here" or "is-open" */
    public record Node(int x, String style) {}

    /**
     * Somebody's worktree.
     *
     * @param label "@lin", or "@lin / codex"
     * @param branch empty for a detached head
     * @param upstream "2 ahead, 1 behind", or empty
     * @param arrows the same in signs: "↑2 ↓1"
     * @param changes "3 modified, 1 untracked", or empty
     * @param operation "Rebasing", or empty
     * @param head the first digits of the commit
     * @param sessions of the agents, each on its own page
     * @param href shows the place in the tree
     */
    public record Stand(
            String id,
            Who person,
            List<Who> agents,
            String label,
            String branch,
            String upstream,
            String arrows,
            String changes,
            String operation,
            String machine,
            String worktree,
            Task task,
            List<Link> sessions,
            String head,
            String href,
            When seen,
            String version) {}

    /** A task that is worked on; all empty where none is known. */
    public record Task(String key, String title, String status, String statusWord) {

        static final Task NONE = new Task("", "", "", "");

        public boolean isNone() {
            return key.isEmpty();
        }
    }

    /**
     * What was clicked.
     *
     * @param kind "commit", "uncommitted", "unknown" or "" for nothing
     * @param merged "In main", or "Not in main yet"; empty where there is no main line
     * @param standing who stands on it
     * @param close the address without it
     */
    public record Chosen(
            String kind,
            String id,
            String url,
            String title,
            String sha,
            String author,
            When when,
            String merged,
            List<Link> parents,
            List<Stand> standing,
            String close) {}

    /** Another commit, or a session. */
    public record Link(String text, String href) {}
}
