package dev.covibe.console.performance;

import dev.covibe.console.charts.LineChart;
import dev.covibe.insight.performance.Metric;
import dev.covibe.insight.performance.Trend;
import java.util.List;

/** The figures over the days of a period: four lead, the others follow, and one is charted. */
record Trends(List<Trend> all) {

    private static final List<Metric> LEAD = List.of(Metric.TASKS, Metric.CYCLE, Metric.COMPLETION, Metric.COST);

    private Trend of(Metric wanted) {
        return all.stream()
                .filter(trend -> trend.metric() == wanted)
                .findFirst()
                .orElseThrow();
    }

    List<Figure> lead() {
        return LEAD.stream().map(one -> Figure.of(of(one))).toList();
    }

    List<Figure> others() {
        return all.stream()
                .filter(trend -> !LEAD.contains(trend.metric()))
                .map(Figure::of)
                .toList();
    }

    LineChart chart(Metric charted, String timeZone) {
        Trend shown = of(charted);
        return LineChart.of(
                "trend-chart",
                charted.title(),
                Figure.unit(charted),
                timeZone,
                Figure.points(shown.days()),
                Figure.points(shown.previousDays()));
    }
}
