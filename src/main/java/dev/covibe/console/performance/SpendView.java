package dev.covibe.console.performance;

import dev.covibe.console.charts.BarChart;
import dev.covibe.console.charts.Ranking;
import dev.covibe.console.frame.Who;
import dev.covibe.insight.performance.AgentsReport;
import java.util.List;

/**
 * Agents and what they cost.
 *
 * @param lead the figures that matter most
 * @param agents the failing first
 * @param allAddress where all are shown; empty when they are
 * @param basis how much of the cost is known how
 * @param boards empty where the company ranks nobody
 * @param ranked whether it does
 */
public record SpendView(
        Periodical period,
        String state,
        boolean empty,
        List<Amount> lead,
        List<Amount> basis,
        BarChart costs,
        List<Agent> agents,
        int agentCount,
        String allAddress,
        List<Ranking> spends,
        Matrix allocation,
        List<AgentsReport.Board> boards,
        boolean ranked,
        List<Report> reports) {

    /** @param note below the value; may be empty */
    public record Amount(String key, String title, String value, String note) {}

    /**
     * A row of the registry.
     *
     * @param tone "ok", "warn", "bad" or empty
     * @param utilisation 0 to 100, for the bar
     */
    public record Agent(
            String id,
            Who who,
            String name,
            String status,
            String health,
            String tone,
            String sessions,
            String before,
            double utilisation,
            String days,
            String hours,
            String done,
            String errors,
            String costPerSession,
            String guidance,
            String address) {}

    /** @param rows each as long as the heads */
    public record Matrix(List<String> heads, List<Line> rows) {}

    public record Line(String head, List<Shade> cells) {}

    /** @param level 0 to 4, the darker the more */
    public record Shade(String value, int level) {}

    /** The insight report of one agent. */
    public record Report(Who who, String name, AgentsReport.Insight insight) {}
}
