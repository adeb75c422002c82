package dev.covibe.console.performance;

import dev.covibe.agents.SessionLists;
import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.console.frame.People;
import dev.covibe.identity.Caller;
import dev.covibe.insight.facts.Period;
import dev.covibe.insight.facts.Periods;
import dev.covibe.insight.performance.DeveloperPerformance;
import dev.covibe.insight.performance.Metric;
import dev.covibe.insight.performance.Profile;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /performance/developers/lin}: one developer's trend, grid, tasks, sessions, agents, spend and review card (CON-3). */
@Path("/performance/developers/{handle}")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class ProfilePage {

    private static final int SESSIONS = 15;

    private final Frames frames;
    private final DeveloperPerformance developers;
    private final SessionLists lists;
    private final Rows rows;
    private final Periods periods;
    private final Clock clock;

    ProfilePage(
            Frames frames,
            DeveloperPerformance developers,
            SessionLists lists,
            Rows rows,
            Periods periods,
            Clock clock) {
        this.frames = frames;
        this.developers = developers;
        this.lists = lists;
        this.rows = rows;
        this.periods = periods;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "performance")
    static class Templates {
        private Templates() {}

        static native TemplateInstance profile(Frame frame, ProfileView view);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show(
            @PathParam("handle") String handle,
            @QueryParam("range") Optional<String> range,
            @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> to,
            @QueryParam("metric") Optional<String> metric,
            @QueryParam("chart") Optional<String> chart) {
        Caller caller = frames.caller();
        People people = frames.people();
        Period period = periods.asked(caller, range, from, to);
        Instant now = clock.instant();
        Profile profile = developers.profile(caller, handle, period);
        SessionLists.Filter theirs = new SessionLists.Filter(
                Optional.empty(),
                Optional.of(profile.developer().handle()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        List<Rows.Session> sessions = rows.of(
                caller, lists.page(caller, theirs, Optional.empty(), SESSIONS).items(), people, now);
        ProfileView view = new ProfileDrawing(
                        profile,
                        people,
                        period.calendar(),
                        from,
                        metric.flatMap(Metric::of),
                        chart.flatMap(Metric::of),
                        now)
                .view(sessions);
        return Templates.profile(frames.performance("@" + profile.developer().handle()), view);
    }
}
