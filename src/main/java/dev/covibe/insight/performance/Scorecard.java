package dev.covibe.insight.performance;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;

/**
 * How the team does in one respect.
 *
 * @param key its name in docs/metrics.md
 * @param points 0 to 100, the mean of its parts; absent where nothing is known
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Scorecard(String key, String title, Optional<Integer> points, List<Part> parts) {

    static final int ON_TARGET = 80;
    static final int WATCH = 50;

    /**
     * @param share 0 to 1; absent where nothing is known
     * @param words value and target
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Part(String name, Optional<Double> share, String words) {}

    static Scorecard of(String key, String title, List<Part> parts) {
        var mean = parts.stream()
                .flatMap(part -> part.share().stream())
                .mapToDouble(Double::doubleValue)
                .average();
        return new Scorecard(
                key,
                title,
                mean.isPresent() ? Optional.of((int) Math.round(100 * mean.getAsDouble())) : Optional.empty(),
                parts);
    }

    /** {@code on-target}, {@code watch}, {@code act} or {@code unknown}. */
    public String state() {
        return points.map(known -> known >= ON_TARGET ? "on-target" : known >= WATCH ? "watch" : "act")
                .orElse("unknown");
    }
}
