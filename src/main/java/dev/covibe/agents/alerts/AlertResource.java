package dev.covibe.agents.alerts;

import dev.covibe.identity.CurrentCaller;
import dev.covibe.platform.problem.FieldError;
import dev.covibe.platform.problem.Refusal;
import dev.covibe.platform.web.Body;
import dev.covibe.platform.web.Cursor;
import dev.covibe.platform.web.Page;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Alerts over REST (AGT-9). */
@Path("/api/alerts")
@Tag(name = "Alerts")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class AlertResource {

    private static final int USUAL = 50;

    private final CurrentCaller current;
    private final Alerts alerts;

    AlertResource(CurrentCaller current, Alerts alerts) {
        this.current = current;
        this.alerts = alerts;
    }

    /** @param hours 1 to 720 */
    @RegisterForReflection
    public record Snooze(Integer hours) {}

    @GET
    @Operation(summary = "List alerts", description = "The latest first. `state`: open (the usual) or all.")
    @APIResponse(responseCode = "200", description = "A page of alerts with the figures that raised them")
    public Page<AlertView> list(
            @QueryParam("state") Optional<String> state,
            @QueryParam("cursor") Optional<String> cursor,
            @QueryParam("limit") Optional<Integer> limit) {
        boolean openOnly =
                switch (state.orElse("open")) {
                    case "open" -> true;
                    case "all" -> false;
                    default ->
                        throw Refusal.invalid(
                                "request.invalid",
                                "state is open or all.",
                                new FieldError("state", "one of open, all"));
                };
        return alerts.page(current.get(), openOnly, cursor.map(Cursor::of), Page.limit(limit, USUAL));
    }

    @PUT
    @Path("/{id}/acknowledgement")
    @Operation(summary = "Acknowledge an alert", description = "It stays open until its cause is gone.")
    @APIResponse(responseCode = "200", description = "The alert after the change")
    @APIResponse(responseCode = "404", description = "`alert.unknown`")
    @APIResponse(responseCode = "409", description = "`alert.closed`")
    public AlertView acknowledge(UUID id) {
        return alerts.acknowledge(current.get(), id);
    }

    @PUT
    @Path("/{id}/snooze")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Snooze an alert",
            description = "For 1 to 720 hours; also when its cause goes and comes back.")
    @APIResponse(responseCode = "200", description = "The alert after the change")
    @APIResponse(responseCode = "404", description = "`alert.unknown`")
    @APIResponse(responseCode = "409", description = "`alert.closed`")
    public AlertView snooze(UUID id, Snooze snooze) {
        return alerts.snooze(current.get(), id, Body.wanted(Body.present(snooze).hours(), "/hours"));
    }

    @DELETE
    @Path("/{id}/snooze")
    @Operation(summary = "Wake a snoozed alert")
    @APIResponse(responseCode = "200", description = "The alert after the change")
    @APIResponse(responseCode = "404", description = "`alert.unknown`")
    @APIResponse(responseCode = "409", description = "`alert.closed`")
    public AlertView wake(UUID id) {
        return alerts.wake(current.get(), id);
    }
}
