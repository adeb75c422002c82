package dev.covibe.agents.prices;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;

/**
 * A price as it reads from outside: US dollars for a million tokens of each class.
 *
 * @param provider absent where it holds for calls to any
 * @param effectiveUntil the first day on which it holds no more
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PriceView(
        UUID id,
        Optional<String> provider,
        String model,
        LocalDate effectiveFrom,
        Optional<LocalDate> effectiveUntil,
        BigDecimal input,
        BigDecimal output,
        BigDecimal cacheRead,
        BigDecimal cacheWrite) {

    public static PriceView of(Price price) {
        return new PriceView(
                price.id(),
                price.provider(),
                price.model(),
                price.from(),
                price.until(),
                Dollars.of(price.rates().input()),
                Dollars.of(price.rates().output()),
                Dollars.of(price.rates().cacheRead()),
                Dollars.of(price.rates().cacheWrite()));
    }
}
