package dev.covibe.mcp;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.covibe.work.WorkstreamView;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;

/** A workstream in few words. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record WorkstreamLine(String key, String name, String status, Optional<String> owner) {

    static WorkstreamLine of(WorkstreamView workstream) {
        return new WorkstreamLine(
                workstream.key(), workstream.name(), workstream.status().key(), workstream.owner());
    }
}
