package dev.covibe.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.covibe.coordination.claims.ClaimMode;
import dev.covibe.coordination.claims.ClaimView;
import dev.covibe.work.ItemRef;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A claim in few words.
 *
 * @param on the glob, or the key of the task that is claimed
 * @param task what it is held for
 * @param mode left out when exclusive, as most are
 * @param overriddenBy who claimed the same in spite of it
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ClaimLine(
        UUID id,
        String on,
        String holder,
        Optional<String> task,
        Optional<ClaimMode> mode,
        Instant until,
        Optional<String> overriddenBy) {

    static ClaimLine of(ClaimView claim) {
        return new ClaimLine(
                claim.id(),
                claim.target(),
                claim.holder(),
                claim.path().flatMap(_ -> claim.task().map(ItemRef::key)),
                Optional.of(claim.mode()).filter(mode -> mode != ClaimMode.EXCLUSIVE),
                claim.expiresAt().truncatedTo(ChronoUnit.SECONDS),
                claim.overriddenBy().map(handle -> "@" + handle));
    }

    static List<ClaimLine> of(List<ClaimView> claims) {
        return claims.stream().map(ClaimLine::of).toList();
    }

    String line() {
        return "\n- " + on
                + mode.map(shared -> " (" + shared.key() + ")").orElse("")
                + " by " + holder
                + task.map(key -> " for " + key).orElse("")
                + " until " + until
                + overriddenBy.map(handle -> ", overridden by " + handle).orElse("");
    }

    static String lines(List<ClaimLine> lines) {
        return lines.stream().map(ClaimLine::line).collect(Collectors.joining());
    }

    /** What is claimed, for a sentence. */
    static String targets(List<ClaimLine> lines) {
        return lines.stream().map(ClaimLine::on).collect(Collectors.joining(", "));
    }
}
