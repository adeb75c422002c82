package dev.covibe.console.performance;

import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.identity.Caller;
import dev.covibe.insight.facts.Period;
import dev.covibe.insight.facts.Periods;
import dev.covibe.insight.performance.DeveloperPerformance;
import dev.covibe.insight.performance.Metric;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /performance/developers}: each developer against targets, before, and the others (CON-2). */
@Path("/performance/developers")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class DevelopersPage {

    static final String HERE = "/performance/developers";

    private final Frames frames;
    private final DeveloperPerformance developers;
    private final Periods periods;
    private final Clock clock;

    DevelopersPage(Frames frames, DeveloperPerformance developers, Periods periods, Clock clock) {
        this.frames = frames;
        this.developers = developers;
        this.periods = periods;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "performance")
    static class Templates {
        private Templates() {}

        static native TemplateInstance developers(Frame frame, DevelopersView view);
    }

    @GET
    @Operation(hidden = true)
    public TemplateInstance show(
            @QueryParam("range") Optional<String> range,
            @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> to,
            @QueryParam("sort") Optional<String> sort) {
        Caller caller = frames.caller();
        Period period = periods.asked(caller, range, from, to);
        DevelopersView view = new DevelopersDrawing(
                        developers.report(caller, period),
                        frames.people(),
                        period.calendar(),
                        from,
                        sort.flatMap(Metric::of),
                        clock.instant())
                .view();
        return Templates.developers(frames.performance("Developers"), view);
    }
}
