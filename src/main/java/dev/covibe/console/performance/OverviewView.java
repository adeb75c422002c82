package dev.covibe.console.performance;

import dev.covibe.console.charts.HeatGrid;
import dev.covibe.console.charts.LineChart;
import dev.covibe.console.frame.Choice;
import dev.covibe.insight.performance.Brief;
import java.util.List;

/**
 * The first section of {@code /performance}.
 *
 * @param state one sentence: are we well
 * @param lead the figures that matter most
 * @param figures the others
 * @param empty whether nothing has ever happened here
 */
public record OverviewView(
        Periodical period,
        String state,
        boolean empty,
        String connect,
        List<Wait> waiting,
        Pulse pulse,
        List<Card> cards,
        List<Figure> lead,
        List<Figure> figures,
        List<Choice> charted,
        LineChart chart,
        List<Choice> metrics,
        HeatGrid grid,
        Day day,
        String gridAddress) {

    /** @param tone "bad", "warn", or empty when nothing waits */
    public record Wait(String count, String words, String address, String tone) {}

    /** @param days which days it compares, in words */
    public record Pulse(String days, String before, String sentence, Brief brief) {}

    /** @param tone "ok", "warn", "bad" or empty */
    public record Card(String key, String title, String points, String tone, String word, List<Part> parts) {}

    public record Part(String name, String words, double width, boolean known) {}

    /** One day of the grid, and its neighbours. */
    public record Day(String title, String previous, String next, List<Value> values) {}

    public record Value(String name, String value) {}
}
