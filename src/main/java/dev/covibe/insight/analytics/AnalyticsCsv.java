package dev.covibe.insight.analytics;

import dev.covibe.agents.prices.Dollars;
import dev.covibe.identity.Audit;
import dev.covibe.identity.Caller;
import dev.covibe.insight.facts.Period;
import dev.covibe.platform.web.SafeCell;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Analytics as a file. Whoever takes one is in the audit log. */
@ApplicationScoped
class AnalyticsCsv {

    private final Analytics analytics;
    private final Audit audit;

    AnalyticsCsv(Analytics analytics, Audit audit) {
        this.analytics = analytics;
        this.audit = audit;
    }

    String take(Caller caller, Period period, Grouping by) {
        Report report = analytics.report(caller, period, by);
        audit.record(caller, "export.taken", "analytics by " + by.key() + ", " + period.from() + " to " + period.to());
        Stream<String> head = Stream.of(line(List.of(
                by.key(),
                "name",
                "cost_usd",
                "estimated_usd",
                "tokens",
                "sessions",
                "completions",
                "mean_cycle_seconds")));
        Stream<String> rows = report.rows().stream()
                .map(row -> line(List.of(
                        SafeCell.of(row.key()),
                        SafeCell.of(row.name()),
                        dollars(row.figures().costNanos()),
                        dollars(row.figures().estimatedNanos()),
                        String.valueOf(row.figures().tokens()),
                        String.valueOf(row.figures().sessions()),
                        row.figures().completions().map(String::valueOf).orElse(""),
                        row.figures().cycleSeconds().map(String::valueOf).orElse(""))));
        return Stream.concat(head, rows).collect(Collectors.joining());
    }

    private static String dollars(BigInteger nanos) {
        return Dollars.of(nanos).toPlainString();
    }

    private static String line(List<String> cells) {
        return cells.stream()
                        .map(cell ->
                                cell.matches("(?s).*[\",\r\n].*") ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell)
                        .collect(Collectors.joining(","))
                + "\r\n";
    }
}
