package dev.covibe.overlap;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What an audit found (OVL-4).
 *
 * @param id of the event that holds it
 * @param by handle of who ran it; of an admin when it ran by itself
 * @param nightly whether it ran by itself
 * @param swept how many pieces of open work were looked at
 * @param millis how long it took
 * @param total conflicts found, of which {@code conflicts} has the {@value Audits#MOST_KEPT} best; those that have been
 *     answered since are not told any more
 */
@RegisterForReflection
public record AuditReport(
        UUID id, Instant at, String by, boolean nightly, int swept, long millis, int total, List<Conflict> conflicts) {

    /** What the event keeps of it. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Kept(boolean nightly, int swept, long millis, int total, List<Conflict> conflicts) {}
}
