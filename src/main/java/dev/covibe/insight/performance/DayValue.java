package dev.covibe.insight.performance;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.LocalDate;
import java.util.Optional;

/** A metric on one day; absent where nothing is known of it, as of a cycle time on a day on which no task was done. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DayValue(LocalDate day, Optional<Double> value) {}
