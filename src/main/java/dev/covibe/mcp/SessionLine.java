package dev.covibe.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.covibe.agents.SessionOutcome;
import dev.covibe.agents.SessionView;
import dev.covibe.work.ItemRef;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;
import java.util.UUID;

/** An agent's own session, as it is told about it. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record SessionLine(
        UUID id,
        String state,
        String agent,
        Optional<String> repository,
        Optional<String> branch,
        Optional<String> task,
        Optional<Boolean> resumed,
        Optional<String> outcome) {

    static SessionLine of(SessionView session, boolean resumed) {
        return new SessionLine(
                session.id(),
                session.state().key(),
                session.agent().key(),
                session.repository(),
                session.branch(),
                session.task().map(ItemRef::key),
                Optional.of(resumed).filter(yes -> yes),
                session.outcome().map(SessionOutcome::key));
    }
}
