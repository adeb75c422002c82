package dev.covibe.console.performance;

import dev.covibe.console.charts.HeatGrid;
import dev.covibe.console.charts.Meter;
import dev.covibe.console.frame.When;
import dev.covibe.console.frame.Who;
import dev.covibe.insight.performance.AgentsReport;
import dev.covibe.insight.performance.Brief;
import java.util.List;

/**
 * How each developer does.
 *
 * @param heads of the matrix, each with the address that sorts by it
 * @param targets what the columns of the attainment table are measured against
 * @param ranked whether the company ranks people
 */
public record DevelopersView(
        Periodical period,
        String state,
        List<Head> heads,
        List<Row> matrix,
        List<Target> targets,
        List<Attained> attained,
        List<AgentsReport.Board> boards,
        boolean ranked,
        List<Card> cards) {

    /** @param order "descending" or empty */
    public record Head(String key, String title, String address, String order) {}

    public record Row(Who who, String address, List<Cell> cells) {}

    /** @param level 0 to 4: how much of the column's greatest */
    public record Cell(String head, String value, String change, String tone, int level) {}

    /** @param value such as "at most 3 d" */
    public record Target(String title, String value) {}

    /** @param mean of everything known, in words */
    public record Attained(Who who, String address, String mean, List<Meter> meters) {}

    /** A developer's review card. */
    public record Card(
            Who who,
            String address,
            String lead,
            String counts,
            Brief brief,
            HeatGrid grid,
            List<Work> work,
            boolean open) {}

    /** A task in a ledger. */
    public record Work(String key, String title, String status, String word, String cycle, String cost, When updated) {}
}
