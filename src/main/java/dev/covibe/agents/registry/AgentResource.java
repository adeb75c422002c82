package dev.covibe.agents.registry;

import dev.covibe.identity.AgentType;
import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.web.Body;
import dev.covibe.tenancy.Idempotency;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

/** Managed agents over REST (AGT-7). */
@Path("/api/agents")
@Tag(name = "Agents")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AgentResource {

    private final CurrentCaller current;
    private final Registry registry;
    private final AgentQueries queries;
    private final Idempotency idempotency;

    AgentResource(CurrentCaller current, Registry registry, AgentQueries queries, Idempotency idempotency) {
        this.current = current;
        this.registry = registry;
        this.queries = queries;
        this.idempotency = idempotency;
    }

    /** @param owner handle of whom it works for; the caller when absent */
    @RegisterForReflection
    public record NewAgent(Optional<String> owner, AgentType type, String name, Optional<String> purpose) {}

    @RegisterForReflection
    public record AgentEdit(Optional<String> purpose, Optional<AgentStatus> status) {}

    @GET
    @Operation(
            summary = "List managed agents with their figures",
            description = "Over the last `days` (30); the last seen first, the retired last.")
    @APIResponse(responseCode = "200", description = "All agents of the workspace")
    public List<AgentView> list(@QueryParam("days") Optional<Integer> days) {
        return queries.list(current.get(), days.orElse(AgentQueries.DAYS));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Read a managed agent")
    @APIResponse(responseCode = "200", description = "The agent with its figures of 30 days")
    @APIResponse(responseCode = "404", description = "`agent.unknown`")
    public AgentView get(UUID id) {
        return queries.get(current.get(), id, AgentQueries.DAYS);
    }

    @POST
    @Operation(
            summary = "Write an agent down before its first session",
            description = "For one's own agents, and for admins those of anybody.")
    @APIResponse(responseCode = "201", description = "The agent")
    @APIResponse(responseCode = "409", description = "`agent.known`")
    public RestResponse<AgentView> add(@HeaderParam("Idempotency-Key") Optional<String> key, NewAgent agent) {
        Caller caller = current.get();
        NewAgent wanted = Body.present(agent);
        AgentType type = Body.wanted(wanted.type(), "/type");
        String name = Body.wanted(wanted.name(), "/name");
        AgentView made = idempotency.once(
                caller.place(),
                caller.developerId(),
                key,
                "agents.add",
                wanted,
                AgentView.class,
                () -> registry.add(
                        caller, wanted.owner(), type, name, wanted.purpose().orElse("")));
        return RestResponse.ResponseBuilder.<AgentView>created(URI.create("/api/agents/" + made.id()))
                .entity(made)
                .build();
    }

    @PATCH
    @Path("/{id}")
    @Operation(
            summary = "Change an agent's purpose or status",
            description = "For its owner and for admins. Absent fields stay.")
    @APIResponse(responseCode = "200", description = "The agent after the change")
    @APIResponse(responseCode = "404", description = "`agent.unknown`")
    public AgentView edit(UUID id, AgentEdit edit) {
        AgentEdit wanted = Body.present(edit);
        return registry.edit(current.get(), id, wanted.purpose(), wanted.status());
    }
}
