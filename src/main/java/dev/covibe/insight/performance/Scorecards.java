package dev.covibe.insight.performance;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rules of the team's scorecards: the parts of each, from targets and from how the team answers itself. */
final class Scorecards {

    /**
     * How those who work together answered one another in a period.
     *
     * @param raised blockers raised, and how many of them are answered
     * @param wanted decisions asked for, and how many of them are made
     * @param pairs look-alikes that the latest audit found, and how many pairs were answered in the period
     */
    record Together(long raised, long answered, long wanted, long decided, long pairs, long judged) {}

    private Scorecards() {}

    static List<Scorecard> of(List<Attainment> attainments, Together together) {
        Map<Metric, Attainment> by =
                attainments.stream().collect(Collectors.toMap(Attainment::metric, Function.identity()));
        return List.of(
                Scorecard.of(
                        "delivery",
                        "Delivery",
                        List.of(
                                part("Tasks a week and developer", by.get(Metric.TASKS), Words::number),
                                part("Cycle time", by.get(Metric.CYCLE), Words::time))),
                Scorecard.of(
                        "reliability",
                        "Reliability",
                        List.of(
                                part("Sessions done", by.get(Metric.COMPLETION), Words::percent),
                                part("Errors", by.get(Metric.ERRORS), Words::percent))),
                Scorecard.of(
                        "spend",
                        "Spend",
                        List.of(
                                part("Cost per task", by.get(Metric.COST_PER_TASK), Words::dollars),
                                part("Attributed", by.get(Metric.ATTRIBUTION), Words::percent))),
                Scorecard.of(
                        "collaboration",
                        "Collaboration",
                        List.of(
                                answered("Blockers answered", together.answered(), together.raised()),
                                answered("Decisions made", together.decided(), together.wanted()),
                                answered("Overlaps judged", together.judged(), together.pairs() + together.judged()))));
    }

    private static Scorecard.Part part(String name, Attainment attainment, Function<Double, String> words) {
        String target = words.apply(attainment.target());
        return new Scorecard.Part(
                name,
                attainment.share(),
                attainment.value().map(value -> words.apply(value)).orElse("not told") + ", target " + target);
    }

    private static Scorecard.Part answered(String name, long part, long whole) {
        return new Scorecard.Part(
                name,
                whole == 0 ? Optional.empty() : Optional.of(Math.min(1, (double) part / whole)),
                whole == 0 ? "none in these days" : part + " of " + whole);
    }
}
