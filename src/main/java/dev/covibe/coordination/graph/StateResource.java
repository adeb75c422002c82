package dev.covibe.coordination.graph;

import dev.covibe.identity.CurrentCaller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a dashboard shows, in one call. */
@Path("/api/state")
@Tag(name = "Graph")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class StateResource {

    private final CurrentCaller current;
    private final StateQueries queries;

    StateResource(CurrentCaller current, StateQueries queries) {
        this.current = current;
        this.queries = queries;
    }

    @GET
    @Operation(summary = "Read the state of the workspace", description = """
                    How many tasks stand where, which agents are at work, and `localGraphs`: for each repository who stands \
                    where and the newest commits. Bounded: 100 sessions, 20 repositories, 50 commits of each. Repositories \
                    that somebody keeps private are `@private` and nothing else.""")
    @APIResponse(responseCode = "200", description = "The state now")
    public State state() {
        return queries.state(current.get());
    }
}
