package dev.covibe.companion;

import dev.covibe.agents.machines.ConnectedMachines;
import dev.covibe.identity.Caller;
import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.Body;
import dev.covibe.tenancy.Workspaces;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The server's side of the companion: who is there, what is current, and what hooks are to do. */
@Path("/api/companion")
@Tag(name = "Companion")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class CompanionResource {

    private final CurrentCaller current;
    private final Machines machines;
    private final ConnectedMachines connected;
    private final Workspaces workspaces;
    private final Clock clock;

    CompanionResource(
            CurrentCaller current, Machines machines, ConnectedMachines connected, Workspaces workspaces, Clock clock) {
        this.current = current;
        this.machines = machines;
        this.connected = connected;
        this.workspaces = workspaces;
        this.clock = clock;
    }

    /**
     * @param time the server's clock, by which the machine can see how its own goes
     * @param developer handle of whose machine it is
     * @param companion what this server gives out
     * @param updateAvailable whether that is newer than what the machine runs
     */
    @RegisterForReflection
    record Answer(
            Instant time,
            String developer,
            String workspace,
            Collisions collisions,
            CompanionPackage.Manifest companion,
            boolean updateAvailable) {}

    @POST
    @Path("/heartbeat")
    @Operation(
            summary = "Say that a machine is there",
            description =
                    "With its companion's version and the repositories that registered there: names of folders, no paths.")
    @APIResponse(responseCode = "200", description = "The current companion, and what hooks do about collisions")
    @APIResponse(responseCode = "400", description = "A field is wrong; nothing was kept")
    public Answer beat(Heartbeat heartbeat) {
        Body.present(heartbeat);
        Caller caller = current.get();
        machines.seen(caller, heartbeat);
        CompanionPackage.Manifest manifest = CompanionPackage.ofThisBuild().manifest();
        return new Answer(
                clock.instant(),
                caller.handle(),
                workspaces.names(caller.place()).workspace(),
                machines.collisions(caller),
                manifest,
                PackageVersion.of(manifest.version()).isNewerThan(PackageVersion.of(heartbeat.version())));
    }

    @GET
    @Path("/machines")
    @Operation(
            summary = "List the machines of the workspace",
            description = "With their repositories; of those that are kept private only how many there are.")
    @APIResponse(responseCode = "200", description = "At most 200, the ones heard of last first")
    public List<ConnectedMachines.Machine> list() {
        return connected.list(current.get());
    }

    @DELETE
    @Path("/machines/{id}")
    @Operation(summary = "Forget a machine", description = "It comes back when it is heard of again.")
    @APIResponse(responseCode = "204", description = "It is off the list")
    @APIResponse(responseCode = "404", description = "`machine.unknown`: no such machine of yours")
    public void forget(@PathParam("id") UUID id) {
        machines.forget(current.get(), id);
    }

    /** @param onCollision {@code warn} or {@code block} */
    @RegisterForReflection
    record Rule(Collisions onCollision) {}

    @GET
    @Path("/rule")
    @Operation(
            summary = "What hooks do about colliding edits",
            description = "`warn` unless an admin decided otherwise.")
    @APIResponse(responseCode = "200", description = "The rule of this workspace")
    public Rule rule() {
        return new Rule(machines.collisions(current.get()));
    }

    @PUT
    @Path("/rule")
    @Operation(
            summary = "Decide what hooks do about colliding edits",
            description = "`block` lets no agent edit where somebody else holds an exclusive claim.")
    @APIResponse(responseCode = "200", description = "The rule, which machines follow within a minute")
    @APIResponse(responseCode = "403", description = "Only admins may")
    public Rule decide(Rule rule) {
        if (rule == null || rule.onCollision() == null) {
            throw Refusal.invalidField("/on_collision", "Either warn or block.");
        }
        machines.decide(current.get(), rule.onCollision());
        return rule;
    }
}
