package dev.covibe.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.covibe.agents.SessionView;
import dev.covibe.work.ItemRef;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Somebody else's agent in the same repository, and on what. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record Presence(
        String developer,
        String agent,
        Optional<String> branch,
        Optional<String> task,
        Optional<String> title,
        String state,
        Instant seen) {

    static Presence of(SessionView session) {
        return new Presence(
                session.developer(),
                session.agent().key(),
                session.branch(),
                session.task().map(ItemRef::key),
                session.task().map(ItemRef::title),
                session.state().key(),
                session.lastSeenAt().truncatedTo(ChronoUnit.SECONDS));
    }

    String line() {
        return "\n- @" + developer + " with " + agent
                + branch.map(name -> " on " + name).orElse("")
                + task.map(key -> ", " + key + " " + title.orElse("")).orElse(", no task")
                + " (" + state + ")";
    }
}
