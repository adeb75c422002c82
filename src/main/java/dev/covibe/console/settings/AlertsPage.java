package dev.covibe.console.settings;

import dev.covibe.agents.alerts.AlertView;
import dev.covibe.agents.alerts.Alerts;
import dev.covibe.console.frame.Choice;
import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.identity.Caller;
import dev.covibe.platform.problem.Refusal;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What the rules found wrong with agents, sessions and spend, in the settings for now (AGT-9). */
@Path("/settings/alerts")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class AlertsPage {

    private static final int MOST = 200;
    private static final int CLOSED = 20;

    private final Frames frames;
    private final Alerts alerts;
    private final Clock clock;

    AlertsPage(Frames frames, Alerts alerts, Clock clock) {
        this.frames = frames;
        this.alerts = alerts;
        this.clock = clock;
    }

    /**
     * @param open the wanting first
     * @param closed the latest of those whose cause is gone
     */
    record View(long wanting, List<AlertLine> open, List<AlertLine> closed, List<Choice> hours) {}

    @CheckedTemplate(basePath = "settings")
    static class Templates {
        private Templates() {}

        static native TemplateInstance alerts(Frame frame, AlertsPage.View view);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show() {
        Caller caller = frames.caller();
        Instant now = clock.instant();
        List<AlertView> open = alerts.page(caller, true, Optional.empty(), MOST).items();
        List<AlertView> wanting = open.stream()
                .filter(AlertView::wanting)
                .sorted(Comparator.comparing(AlertsPage::urgency))
                .toList();
        List<AlertView> quiet = open.stream().filter(alert -> !alert.wanting()).toList();
        View view = new View(
                alerts.wanting(caller),
                Stream.concat(wanting.stream(), quiet.stream())
                        .map(alert -> AlertLine.of(alert, now))
                        .toList(),
                alerts.page(caller, false, Optional.empty(), MOST).items().stream()
                        .filter(alert -> alert.closedAt().isPresent())
                        .limit(CLOSED)
                        .map(alert -> AlertLine.of(alert, now))
                        .toList(),
                List.of(
                        new Choice("4", "For 4 hours", true),
                        new Choice("24", "For a day", false),
                        new Choice("168", "For a week", false)));
        return Templates.alerts(frames.settings(frames.people()), view);
    }

    private static int urgency(AlertView alert) {
        return switch (alert.kind()) {
            case FAILING_AGENT, SPEND_SPIKE -> 0;
            case IDLE_SESSION, STALE_SESSION -> 1;
        };
    }

    @POST
    @Path("/{id}/acknowledgement")
    @Operation(hidden = true)
    public Response acknowledge(@PathParam("id") UUID id) {
        return settled(() -> alerts.acknowledge(frames.caller(), id));
    }

    @POST
    @Path("/{id}/snooze")
    @Operation(hidden = true)
    public Response snooze(@PathParam("id") UUID id, @FormParam("hours") @DefaultValue("") String hours) {
        return settled(() -> alerts.snooze(frames.caller(), id, hours(hours)));
    }

    @POST
    @Path("/{id}/waking")
    @Operation(hidden = true)
    public Response wake(@PathParam("id") UUID id) {
        return settled(() -> alerts.wake(frames.caller(), id));
    }

    private static int hours(String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException unreadable) {
            throw Refusal.invalidField("/hours", "Choose one of the offered times.");
        }
    }

    private static Response settled(Runnable change) {
        change.run();
        return Response.seeOther(URI.create("/settings/alerts")).build();
    }
}
