package dev.covibe.console.performance;

import dev.covibe.agents.alerts.Alerts;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.Undo;
import dev.covibe.platform.problem.Refusal;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What a member does with an alert (AGT-9), from the page that lists them. */
@Path("/performance/alerts/{id}")
@RunOnVirtualThread
public class AlertActions {

    private static final String BACK = DiagnosticsPage.HERE + "#alerts";

    private final Frames frames;
    private final Alerts alerts;

    AlertActions(Frames frames, Alerts alerts) {
        this.frames = frames;
        this.alerts = alerts;
    }

    @POST
    @Path("/acknowledgement")
    @Operation(hidden = true)
    public Response acknowledge(@PathParam("id") UUID id) {
        alerts.acknowledge(frames.caller(), id);
        return back("The alert is acknowledged", id, "/acknowledgement/withdrawal");
    }

    @POST
    @Path("/acknowledgement/withdrawal")
    @Operation(hidden = true)
    public Response withdraw(@PathParam("id") UUID id) {
        alerts.withdraw(frames.caller(), id);
        return back();
    }

    @POST
    @Path("/snooze")
    @Operation(hidden = true)
    public Response snooze(@PathParam("id") UUID id, @FormParam("hours") @DefaultValue("") String hours) {
        alerts.snooze(frames.caller(), id, hours(hours));
        return back("The alert is snoozed", id, "/waking");
    }

    @POST
    @Path("/waking")
    @Operation(hidden = true)
    public Response wake(@PathParam("id") UUID id) {
        alerts.wake(frames.caller(), id);
        return back();
    }

    private static int hours(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException unreadable) {
            throw Refusal.invalidField("/hours", "Choose one of the offered times.");
        }
    }

    private static Response back() {
        return Response.seeOther(URI.create(BACK)).build();
    }

    private Response back(String said, UUID id, String reverse) {
        return frames.done(BACK, Undo.of(said, "/performance/alerts/" + id + reverse, Map.of()));
    }
}
