package dev.covibe.console.workstreams;

import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.ProgressBar;
import dev.covibe.console.frame.Who;
import io.quarkus.qute.TemplateData;
import java.util.List;

/**
 * The page of workstreams and tasks (CON-1).
 *
 * @param state one sentence: "14 in progress, 3 blocked, 2 ready to take"
 * @param alerts "2 alerts want somebody", empty if none does
 * @param url this view's own address with its filters, which live updates read again
 * @param blank whether the workspace holds no task and no workstream at all
 * @param streams the workstreams shown
 * @param streamCount how many there are in all
 * @param allStreams the address that shows all of them, empty if all are shown
 * @param taskCount how many tasks pass the filters
 * @param groups the tasks by status, in the order of work
 * @param board whether the groups stand side by side
 * @param connect the command that connects a first agent, for the empty page
 */
public record WorkstreamsView(
        String state,
        String alerts,
        String url,
        boolean blank,
        List<Stream> streams,
        int streamCount,
        String allStreams,
        int taskCount,
        List<Group> groups,
        boolean board,
        Filters filters,
        String connect) {

    /**
     * A workstream in the list.
     *
     * @param recent the titles of its tasks that changed last; the goal where it has none yet
     * @param counts "3 in progress, 1 blocked", empty if nothing moves
     * @param cost what its tasks cost so far, empty if nothing was used
     * @param due the target date in words, empty if none is set
     */
    public record Stream(
            String key,
            String name,
            List<String> recent,
            ProgressBar progress,
            String counts,
            String cost,
            String due,
            boolean late,
            Who owner,
            String version) {}

    /**
     * The tasks of one status.
     *
     * @param count how many pass the filters, shown or not
     * @param more the address that continues the list, empty at its end
     * @param moreWord "Show 50 more"
     */
    public record Group(String status, String word, int count, List<TaskLine> rows, String more, String moreWord) {}

    /** The filters as the address holds them. */
    public record Filters(String text, List<Filter> choices, boolean set, String clear) {}

    /** One filter; its first choice lets everything pass. */
    @TemplateData
    public record Filter(String name, String label, List<Choice> choices) {

        public boolean set() {
            return choices.stream().skip(1).anyMatch(Choice::chosen);
        }
    }
}
