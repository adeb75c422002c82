package dev.covibe.console.performance;

import dev.covibe.console.charts.Waterfall;
import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;
import dev.covibe.console.settings.AlertLine;
import dev.covibe.insight.performance.Remark;
import java.util.List;

/**
 * What goes on now.
 *
 * @param live open sessions, the last seen first
 * @param moreStale leads to stale ones that {@code live} leaves out; empty if there are none
 * @param found what the drill-down found
 */
public record DiagnosticsView(
        String state,
        Remark next,
        List<SpendView.Amount> monitor,
        List<Rows.Session> live,
        String moreStale,
        long wanting,
        List<AlertLine> alerts,
        List<Choice> hours,
        Find find,
        Found found,
        List<Trace> traces,
        String address) {

    /**
     * The drill-down's form.
     *
     * @param kinds what can be looked for; one is current
     * @param statuses of that kind
     */
    public record Find(
            String kind,
            List<Choice> kinds,
            List<Choice> developers,
            List<Choice> statuses,
            String text,
            boolean set,
            String clear) {}

    /**
     * What it found: rows of one kind.
     *
     * @param words how many, and among what
     */
    public record Found(
            String words,
            List<Rows.Session> sessions,
            List<Task> tasks,
            List<SpendView.Agent> agents,
            List<Step> steps) {

        public boolean none() {
            return sessions.isEmpty() && tasks.isEmpty() && agents.isEmpty() && steps.isEmpty();
        }
    }

    public record Task(String key, String title, String status, String word, Who owner, When updated, String cost) {}

    public record Step(
            Who who, String kind, String name, String status, String error, String duration, String session, When at) {}

    /** @param session where the whole session is; empty if unknown */
    public record Trace(Who who, String session, When at, Waterfall steps) {}
}
