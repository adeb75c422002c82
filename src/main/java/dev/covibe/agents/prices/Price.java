package dev.covibe.agents.prices;

import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * One row of the price book.
 *
 * @param id stable: a shipped row keeps its id from build to build as long as nothing in it changes
 * @param provider whose price it is; a company's own price without a provider holds for calls to any
 * @param model as {@link ModelName} writes it; may end in {@code *} in a company's own price
 * @param from the first day on which it holds, in UTC
 * @param until the first day on which it holds no more; empty while it holds
 */
public record Price(
        UUID id, Optional<String> provider, String model, LocalDate from, Optional<LocalDate> until, Rates rates) {

    boolean holdsOn(LocalDate day) {
        return !day.isBefore(from) && until.map(day::isBefore).orElse(true);
    }

    boolean isFamily() {
        return model.endsWith(ModelName.ANY);
    }
}
