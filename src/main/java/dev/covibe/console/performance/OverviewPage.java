package dev.covibe.console.performance;

import dev.covibe.console.frame.Frame;
import dev.covibe.console.frame.Frames;
import dev.covibe.console.frame.OnePicture;
import dev.covibe.identity.Caller;
import dev.covibe.insight.facts.Period;
import dev.covibe.insight.facts.Periods;
import dev.covibe.insight.performance.Overview;
import dev.covibe.insight.performance.Performance;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** {@code /performance}: are we well, what changed, who needs me, what does it cost (CON-2). */
@Path("/performance")
@Produces(MediaType.TEXT_HTML)
@RunOnVirtualThread
@OnePicture
public class OverviewPage {

    static final String HERE = "/performance";

    private final Frames frames;
    private final Performance performance;
    private final Periods periods;

    OverviewPage(Frames frames, Performance performance, Periods periods) {
        this.frames = frames;
        this.performance = performance;
        this.periods = periods;
    }

    @CheckedTemplate(basePath = "performance")
    static class Templates {
        private Templates() {}

        static native TemplateInstance overview(Frame frame, OverviewView view);
    }

    /** @param metric of the grid; {@code chart} that of the large chart; {@code day} the one that is looked at */
    @GET
    @Operation(hidden = true)
    public TemplateInstance show(
            @QueryParam("range") Optional<String> range,
            @QueryParam("from") Optional<String> from,
            @QueryParam("to") Optional<String> to,
            @QueryParam("metric") Optional<String> metric,
            @QueryParam("chart") Optional<String> chart,
            @QueryParam("day") Optional<String> day) {
        Caller caller = frames.caller();
        Period period = periods.asked(caller, range, from, to);
        Overview overview = performance.overview(caller, period, day.flatMap(OverviewPage::day));
        OverviewView view =
                new OverviewDrawing(overview, frames.people(), period.calendar(), from, metric, chart).view();
        return Templates.overview(frames.performance("Performance"), view);
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }
}
