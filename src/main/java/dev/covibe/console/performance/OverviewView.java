package dev.covibe.console.performance;

import dev.covibe.console.charts.HeatGrid;
import dev.covibe.console.charts.LineChart;
import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.Who;
import dev.covibe.insight.performance.Brief;
import java.util.List;
import java.util.Optional;

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
    public record Pulse(String days, String before, String sentence, List<Figure> changes, Brief brief) {}

    /** @param tone "ok", "warn", "bad" or empty */
    public record Card(String key, String title, String points, String tone, String word, List<Part> parts) {}

    /** @param tone "ok", "warn", "bad", or empty where nothing is known */
    public record Part(String name, String words, double width, String tone) {}

    /**
     * One day of the grid, and its neighbours.
     *
     * @param active how many did anything, in words
     * @param heads of the columns behind the name
     * @param total of everybody, in the order of {@code heads}
     */
    public record Day(
            String title,
            String previous,
            String next,
            String active,
            List<String> heads,
            List<DayRow> rows,
            List<String> total) {}

    /** @param address empty for the row of what is nobody's, which has no {@code who} either */
    public record DayRow(Optional<Who> who, String address, List<String> values) {}
}
