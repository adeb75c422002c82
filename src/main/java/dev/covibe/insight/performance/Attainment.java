package dev.covibe.insight.performance;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How much of a target is reached.
 *
 * @param target in the metric's own measure: tasks a week, a share, seconds, billionths of a US dollar
 * @param value absent where nothing is known
 * @param share 0 to 1; 1 is reached. More is better: value ÷ target. Less is better: target ÷ value
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Attainment(Metric metric, double target, Optional<Double> value, Optional<Double> share) {

    private static final double WEEK = 7;

    /** Of one developer, or of as many as there are. */
    static List<Attainment> of(Figures figures, int developers, int days, Targets targets) {
        double perWeek = developers == 0 ? 0 : figures.tasks() * WEEK / days / developers;
        return List.of(
                more(Metric.TASKS, targets.tasksPerWeek(), figures.any() ? Optional.of(perWeek) : Optional.empty()),
                less(Metric.CYCLE, targets.cycleSeconds(), figures.cycle()),
                more(Metric.COMPLETION, targets.sessionCompletion(), figures.completion()),
                less(Metric.ERRORS, targets.errorShare(), figures.errorShare()),
                more(Metric.ATTRIBUTION, targets.attribution(), figures.attribution()),
                less(Metric.COST_PER_TASK, targets.costNanos(), figures.costPerTask()));
    }

    private static Attainment more(Metric metric, double target, Optional<Double> value) {
        return new Attainment(metric, target, value, value.map(known -> Math.min(1, known / target)));
    }

    private static Attainment less(Metric metric, double target, Optional<Double> value) {
        return new Attainment(
                metric, target, value, value.map(known -> known <= target ? 1.0 : Math.max(0, target / known)));
    }

    /** The mean of what is known, 0 to 1. */
    static Optional<Double> mean(Stream<Attainment> attainments) {
        var mean = attainments
                .flatMap(attainment -> attainment.share().stream())
                .mapToDouble(Double::doubleValue)
                .average();
        return mean.isPresent() ? Optional.of(mean.getAsDouble()) : Optional.empty();
    }
}
