package dev.covibe.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.covibe.overlap.Conflict;
import dev.covibe.overlap.Signal;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Two pieces of work that an audit found alike, and why. */
@RegisterForReflection
record ConflictLine(Side one, Side other, double score, List<String> signals) {

    /** One of the two. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    record Side(String key, String title, String status, Optional<String> owner) {

        static Side of(Conflict.Party party) {
            return new Side(party.key(), party.title(), party.status(), party.owner());
        }

        String words() {
            return key + " " + title + " (" + status
                    + owner.map(handle -> ", @" + handle).orElse("") + ")";
        }
    }

    static ConflictLine of(Conflict conflict) {
        return new ConflictLine(
                Side.of(conflict.one()),
                Side.of(conflict.other()),
                Math.round(conflict.score() * 100) / 100.0,
                conflict.signals().stream().map(Signal::text).toList());
    }

    String line() {
        return String.format(Locale.ROOT, "%n- %s and %s %.2f: ", one.words(), other.words(), score)
                + String.join("; ", signals);
    }
}
