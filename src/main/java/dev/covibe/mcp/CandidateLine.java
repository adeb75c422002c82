package dev.covibe.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.covibe.overlap.Candidate;
import dev.covibe.overlap.Signal;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** A piece of work that looks like what was asked about, and why. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record CandidateLine(
        UUID id,
        String key,
        String title,
        String status,
        Optional<String> owner,
        double score,
        boolean escalates,
        List<Signal> signals) {

    static CandidateLine of(Candidate candidate) {
        return new CandidateLine(
                candidate.id(),
                candidate.key(),
                candidate.title(),
                candidate.status(),
                candidate.owner(),
                Math.round(candidate.score() * 100) / 100.0,
                candidate.escalates(),
                candidate.signals());
    }

    String line() {
        return String.format(
                        Locale.ROOT,
                        "%n- %s %s (%s%s) %.2f%s: ",
                        key,
                        title,
                        status,
                        owner.map(handle -> ", @" + handle).orElse(""),
                        score,
                        escalates ? " must be confirmed" : "")
                + signals.stream().map(Signal::text).collect(Collectors.joining("; "));
    }
}
