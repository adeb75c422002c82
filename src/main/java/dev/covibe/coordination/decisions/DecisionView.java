package dev.covibe.coordination.decisions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A question, and what was decided where it was.
 *
 * @param tasks keys of the tasks that it is about
 * @param needs handle of the person who should decide; absent when anybody may
 * @param askedBy handle of who asked, or whose agent did
 * @param choice absent while the decision is wanted
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DecisionView(
        UUID id,
        String question,
        List<String> options,
        List<String> tasks,
        Optional<String> needs,
        String askedBy,
        Optional<String> agent,
        Optional<UUID> session,
        Instant askedAt,
        Optional<String> choice,
        Optional<String> reason,
        Optional<String> decidedBy,
        Optional<String> decidedAgent,
        Optional<Instant> decidedAt) {}
