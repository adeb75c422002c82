package dev.covibe.ops.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One session of an agent.
 *
 * @param job what it worked on; empty for small things on the side
 * @param ended empty while it is open
 * @param seen its last sign of life
 * @param outcome empty while it is open
 */
record Sitting(
        UUID id,
        Person person,
        Person.Agent agent,
        String model,
        Optional<Job> job,
        String project,
        Optional<UUID> parent,
        Instant started,
        Instant seen,
        Optional<Instant> ended,
        Optional<String> outcome) {

    Instant within(double share) {
        return started.plusMillis((long) (Duration.between(started, seen).toMillis() * share));
    }
}
