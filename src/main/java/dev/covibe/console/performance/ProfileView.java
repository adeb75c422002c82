package dev.covibe.console.performance;

import dev.covibe.console.charts.HeatGrid;
import dev.covibe.console.charts.LineChart;
import dev.covibe.console.charts.Meter;
import dev.covibe.console.charts.Ranking;
import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.Who;
import dev.covibe.insight.performance.Brief;
import java.util.List;

/** One developer, looked at closely (CON-3). */
public record ProfileView(
        Periodical period,
        Who who,
        String name,
        String state,
        Brief brief,
        List<Meter> meters,
        List<Figure> lead,
        List<Figure> figures,
        List<Choice> charted,
        LineChart chart,
        List<Choice> metrics,
        HeatGrid grid,
        List<Fact> facts,
        List<DevelopersView.Work> work,
        List<Rows.Session> sessions,
        String sessionsAddress,
        List<SpendView.Agent> agents,
        Ranking models,
        Ranking tasks) {

    /** What the figures above do not tell. */
    public record Fact(String title, String value) {}
}
