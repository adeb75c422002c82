package dev.covibe.insight.performance;

import dev.covibe.insight.facts.Period;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.LocalDate;

/**
 * Which days a report is about, and with which it compares them. Both ends are in it.
 *
 * @param timeZone whose days they are
 */
@RegisterForReflection
public record Span(
        LocalDate from, LocalDate to, LocalDate previousFrom, LocalDate previousTo, int days, String timeZone) {

    static Span of(Period period, Period previous) {
        return new Span(
                period.from(),
                period.to(),
                previous.from(),
                previous.to(),
                period.length(),
                period.calendar().zone().getId());
    }
}
