package dev.covibe.coordination.messages;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;

/**
 * One inbox that a message lies or lay in.
 *
 * @param reader who reads it: {@code @lin}, {@code @lin / codex}
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DeliveryView(String reader, Optional<Instant> acknowledgedAt) {}
