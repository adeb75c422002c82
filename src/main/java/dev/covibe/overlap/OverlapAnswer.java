package dev.covibe.overlap;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;

/**
 * What somebody said of a pair.
 *
 * @param one key of the one piece of work
 * @param other key of the other
 * @param answeredBy handle
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record OverlapAnswer(
        String one,
        String other,
        OverlapVerdict verdict,
        Optional<String> reason,
        String answeredBy,
        Instant answeredAt) {}
