package dev.covibe.overlap;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Two pieces of work that are done at the same time, or were one after the other, and look alike.
 *
 * @param one what was there first
 * @param other open work
 * @param score in [0,1]
 * @param signals why, the hardest kind first
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record Conflict(Party one, Party other, double score, List<Signal> signals) {

    /** @param owner handle */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record Party(Subject.Kind kind, UUID id, String key, String title, String status, Optional<String> owner) {}

    AnsweredPairs.Pair pair() {
        return new AnsweredPairs.Pair(one.id(), other.id());
    }
}
