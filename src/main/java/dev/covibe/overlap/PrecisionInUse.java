package dev.covibe.overlap;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;

/**
 * How often what was raised was raised rightly, as people answered (OVL-6).
 *
 * @param same pairs of which somebody said that they are the same work
 * @param different pairs of which somebody said that they are not
 * @param confirmed pairs that a plan confirmed as different work
 * @param precision share of the first among all; absent while nobody has answered
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PrecisionInUse(long same, long different, long confirmed, Optional<Double> precision) {

    static PrecisionInUse of(long same, long different, long confirmed) {
        long all = same + different + confirmed;
        return new PrecisionInUse(
                same, different, confirmed, all == 0 ? Optional.empty() : Optional.of((double) same / all));
    }
}
