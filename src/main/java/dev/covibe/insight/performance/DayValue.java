package dev.covibe.insight.performance;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.LocalDate;

/** A metric on one day; 0 where nothing is known of it. */
@RegisterForReflection
public record DayValue(LocalDate day, double value) {}
