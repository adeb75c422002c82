package dev.covibe.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.covibe.journal.WorkEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** One event of a task's or workstream's story, with its words where it has some. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record StoryLine(Instant at, String kind, String subject, String who, Optional<String> agent, Optional<String> text) {

    private static final int LONGEST = 500;

    static StoryLine of(WorkEvent event) {
        return new StoryLine(
                event.at().truncatedTo(ChronoUnit.SECONDS),
                event.kind().key(),
                event.subject().key(),
                event.handle(),
                event.agent(),
                words(event.payload()));
    }

    private static Optional<String> words(JsonNode payload) {
        for (String field : new String[] {"text", "summary", "confirm_reason"}) {
            if (payload.path(field).isTextual() && !payload.path(field).asText().isBlank()) {
                String words = payload.path(field).asText();
                return Optional.of(words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "…");
            }
        }
        return Optional.empty();
    }

    String line() {
        return "\n- " + at + " " + subject + " " + kind + " by @" + who
                + agent.map(name -> " with " + name).orElse("")
                + text.map(words -> ": " + words).orElse("");
    }
}
