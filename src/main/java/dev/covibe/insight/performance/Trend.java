package dev.covibe.insight.performance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;

/** A metric of a period against the one before it, as a whole and day by day. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Trend(
        Metric metric,
        Optional<Double> current,
        Optional<Double> previous,
        List<DayValue> days,
        List<DayValue> previousDays) {

    /** By how much it changed, as a share of what it was: 0.2 is a fifth more; absent where it was nothing or unknown. */
    @JsonProperty
    public Optional<Double> change() {
        return previous.filter(before -> before != 0).flatMap(before -> current.map(now -> (now - before) / before));
    }
}
